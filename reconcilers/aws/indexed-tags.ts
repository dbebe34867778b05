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
  private readonly memory = new WeakMap<Aws, Map<string, Tags>>();

  constructor(read: (aws: Aws, arn: string) => Promise<Tags>) {
    this.read = read;
  }

  async of(aws: Aws, arn: string, inIndex: Tags | undefined): Promise<Tags> {
    return this.shown(aws, arn, inIndex) ?? withoutAwsTags(await this.read(aws, arn));
  }

  /** What the index shows; undefined if it does not show the resource, or not what was written last. */
  shown(aws: Aws, arn: string, inIndex: Tags | undefined): Tags | undefined {
    const wrote = this.written(aws, arn);
    const indexed = inIndex && withoutAwsTags(inIndex);
    if (indexed === undefined || (wrote !== undefined && !same(wrote, indexed))) return undefined;
    this.forget(aws, arn);
    return indexed;
  }

  /** What was written last, as long as the index was not seen to show it. */
  written(aws: Aws, arn: string): Tags | undefined {
    return this.memory.get(aws)?.get(arn);
  }

  /** To be called before a write: its answer may be lost. */
  remember(aws: Aws, arn: string, tags: Tags): void {
    const ofCloud = this.memory.get(aws) ?? new Map<string, Tags>();
    this.memory.set(aws, ofCloud.set(arn, tags));
  }

  forget(aws: Aws, arn: string): void {
    this.memory.get(aws)?.delete(arn);
  }
}
