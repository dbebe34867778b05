import { same } from '../../../controller/engine/compare.ts';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Identity, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { findOwned } from '../owned.ts';
import { withoutAwsTags } from '../tags.ts';
import { arnOf, nameIn, type RdsResource } from './arn.ts';
import { identityOf } from '../identity.ts';
import { changeTags, readTags } from './tags.ts';

export type FoundGroup<Group> = Identity & {
  readonly name: string;
  readonly arn: string;
  readonly group: Group;
  readonly tags: Tags;
};

/** Names that are asked for, and the tags of those of them that the index shows. */
export type WantedGroups = {
  readonly names: ReadonlySet<string>;
  readonly indexed: ReadonlyMap<string, Tags>;
};

/** At least those that are wanted, as far as they are there. Which ones are is known a call later. */
type Describe<Group> = (aws: Aws, wanted: Promise<WantedGroups>) => Promise<readonly Group[]>;

/**
 * Groups of one type. RDS describes them without their tags, and tells the tags of one per call; the index
 * of tags, which shows those of all, lags behind. So one description of everything is shared by all owners,
 * and tags are asked for one by one only where the index does not show them, or what was written last.
 */
export class GroupSearch<Group> {
  private readonly resource: RdsResource;
  private readonly describe: Describe<Group>;
  private readonly nameOf: (group: Group) => string | undefined;
  /** What was written, by ARN, as long as the index was not seen to show it. */
  private readonly written = new WeakMap<Aws, Map<string, Tags>>();

  constructor(
    resource: RdsResource,
    describe: Describe<Group>,
    nameOf: (group: Group) => string | undefined,
  ) {
    this.resource = resource;
    this.describe = describe;
    this.nameOf = nameOf;
  }

  /** Groups by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
  async list(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly FoundGroup<Group>[]> {
    const owners = queries.map(({ owner }) => owner);
    const tagged = findOwned(aws, `rds:${this.resource}`, owners).then(
      (found) => new Map(found.map(({ arn, tags }) => [nameIn(arn), withoutAwsTags(tags)])),
    );
    const wanted = tagged.then((indexed) => ({ names: namesIn(queries, indexed), indexed }));
    const [{ names, indexed }, groups] = await Promise.all([wanted, this.describe(aws, wanted)]);
    const candidates = groups.filter((group) => names.has(this.nameOf(group) ?? ''));
    const found = await Promise.all(candidates.map((group) => this.owned(aws, group, indexed, queries)));
    return found.filter((group) => group !== undefined);
  }

  rememberTags(aws: Aws, name: string, tags: Tags): void {
    const ofCloud = this.written.get(aws) ?? new Map<string, Tags>();
    this.written.set(aws, ofCloud);
    ofCloud.set(name, tags);
  }

  forgetTags(aws: Aws, name: string): void {
    this.written.get(aws)?.delete(name);
  }

  async setTags(aws: Aws, current: { readonly id: string; readonly tags?: Tags }, tags: Tags): Promise<void> {
    this.rememberTags(aws, current.id, tags);
    await changeTags(aws, arnOf(aws, this.resource, current.id), tags, current.tags ?? {});
  }

  /** Undefined if it goes while it is looked at, or is not of these owners. */
  private async owned(
    aws: Aws,
    group: Group,
    indexed: ReadonlyMap<string, Tags>,
    queries: readonly OwnerQuery[],
  ): Promise<FoundGroup<Group> | undefined> {
    const name = this.nameOf(group) ?? '';
    try {
      const tags = await this.tagsOf(aws, name, indexed.get(name));
      const identity = identityOf(name, tags, queries);
      const arn = arnOf(aws, this.resource, name);
      return identity === undefined ? undefined : { ...identity, name, arn, group, tags };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  private async tagsOf(aws: Aws, name: string, inIndex: Tags | undefined): Promise<Tags> {
    const wrote = this.written.get(aws)?.get(name);
    if (inIndex === undefined || (wrote !== undefined && !same(wrote, inIndex)))
      return readTags(aws, arnOf(aws, this.resource, name));
    this.forgetTags(aws, name);
    return inIndex;
  }
}

function namesIn(queries: readonly OwnerQuery[], indexed: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const asked = queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]);
  return new Set([...indexed.keys(), ...asked]);
}
