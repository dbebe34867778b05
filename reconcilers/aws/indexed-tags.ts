import { same } from '../../controller/engine/compare.ts';
import type { Tags } from '../../controller/engine/resource-type.ts';
import type { Aws } from './cloud.ts';
import { withoutAwsTags } from './tags.ts';

/**
 * Tags of resources of one type, of a service that tells the tags of one resource per call. The index of tags,
 * which shows those of all, lags behind: it is believed once it shows what was written last.
 */
export class IndexedTags {
  private readonly read: (aws: Aws, arn: string) => Promise<Tags>;
  private readonly written = new WeakMap<Aws, Map<string, Tags>>();

  constructor(read: (aws: Aws, arn: string) => Promise<Tags>) {
    this.read = read;
  }

  async of(aws: Aws, arn: string, inIndex: Tags | undefined): Promise<Tags> {
    const wrote = this.written.get(aws)?.get(arn);
    const indexed = inIndex === undefined ? undefined : withoutAwsTags(inIndex);
    if (indexed === undefined || (wrote !== undefined && !same(wrote, indexed)))
      return withoutAwsTags(await this.read(aws, arn));
    this.forget(aws, arn);
    return indexed;
  }

  /** To be called before a write: its answer may be lost. */
  remember(aws: Aws, arn: string, tags: Tags): void {
    const ofCloud = this.written.get(aws) ?? new Map<string, Tags>();
    this.written.set(aws, ofCloud.set(arn, tags));
  }

  forget(aws: Aws, arn: string): void {
    this.written.get(aws)?.delete(arn);
  }
}
