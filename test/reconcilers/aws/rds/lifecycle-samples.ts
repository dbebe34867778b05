import { differences } from '../../../../controller/engine/compare.ts';
import type {
  Fields,
  Interruption,
  Observed,
  ResourceType,
} from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { creationOf, queryOf } from '../ec2/network-samples.ts';

/** One node of one object, in the hands of its type alone. */
export class Subject<Spec extends Fields, Outputs extends Fields> {
  spec: Spec;
  private readonly type: ResourceType<Spec, Outputs, Aws>;
  private readonly aws: Aws;
  private readonly node: string;

  constructor(type: ResourceType<Spec, Outputs, Aws>, aws: Aws, spec: Spec, node: string) {
    this.type = type;
    this.aws = aws;
    this.spec = spec;
    this.node = node;
  }

  create() {
    return this.type.create(this.aws, this.spec, creationOf(owner, this.node));
  }

  async found(): Promise<Observed<Spec, Outputs> | undefined> {
    const all = await this.type.list(this.aws, [queryOf(owner)]);
    return all.find(({ node }) => node === this.node);
  }

  async current(): Promise<Observed<Spec, Outputs>> {
    const found = await this.found();
    if (found === undefined) throw new Error(`there is no ${this.node}`);
    return found;
  }

  async changedFields(): Promise<readonly string[]> {
    const changes = differences(this.type, this.spec, (await this.current()).spec);
    return [...new Set(changes.map(({ field }) => field))];
  }

  async update(): Promise<void> {
    const current = await this.current();
    await this.type.update(this.aws, current, this.spec, differences(this.type, this.spec, current.spec));
  }

  async delete(): Promise<void> {
    await this.type.delete(this.aws, await this.current());
  }
}

const owner = 'LedgerDatabase/production/ledger';

/** What the changes that are wanted of it interrupt, by their fields. */
export async function interruptionsOf<Spec extends Fields, Outputs extends Fields>(
  type: ResourceType<Spec, Outputs, Aws>,
  subject: Subject<Spec, Outputs>,
): Promise<Readonly<Record<string, Interruption | undefined>>> {
  const current = await subject.current();
  const changes = differences(type, subject.spec, current.spec);
  return Object.fromEntries(changes.map((change) => [change.field, type.interruptionOf?.(current, change)]));
}
