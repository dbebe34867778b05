import type { Filter, Tag } from '@aws-sdk/client-ec2';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Claim, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import { BatchedRead } from '../batched-read.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { fromSdkTags, withoutAwsTags } from '../tags.ts';

/** How resources of one type of EC2 are described, and what of a description is needed to know whose it is. */
export type Description<Item> = {
  /** Pages. */
  describe(aws: Aws, filters: Filter[]): Promise<readonly Item[]>;
  /** The filter that takes ids: one that does not exist is no error to a filter. */
  readonly idFilter: string;
  idOf(item: Item): string | undefined;
  tagsOf(item: Item): Tag[] | undefined;
};

/** A resource with whose it is. */
export type Owned<Item> = Claim & { readonly id: string; readonly item: Item; readonly tags: Tags };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const VALUES_PER_FILTER = 200;

/** Owners that one list takes: one filter. */
export const OWNERS_PER_LIST = VALUES_PER_FILTER;

/**
 * How long, in milliseconds, a search may not show a new resource. EC2 names no bound; it asks to wait for
 * seconds first, and up to minutes: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export const SETTLE_TIME = 30_000;

/**
 * What these owners have of one type: everything with their tag, and everything known by its id though
 * somebody took its tags away. Two types that look at the same descriptions at the same time share the call.
 */
export class OwnedResources<Item> {
  private readonly description: Description<Item>;
  private readonly searches: BatchedRead<string, readonly Item[]>;

  constructor(description: Description<Item>) {
    this.description = description;
    this.searches = new BatchedRead((aws, owners) => this.searchFor(aws, owners));
  }

  async list(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly Owned<Item>[]> {
    const found = await this.tagged(
      aws,
      queries.map(({ owner }) => owner),
    );
    const shown = new Set(found.map((item) => this.description.idOf(item)));
    const hidden = queries.flatMap(({ known }) => [...known.values()]).filter((id) => !shown.has(id));
    const known = hidden.length === 0 ? [] : await this.byIds(aws, hidden);
    return [...found, ...known].flatMap((item) => this.withOwner(item, queries));
  }

  /** Everything that carries the tag of these owners. */
  async tagged(aws: Aws, owners: readonly string[]): Promise<readonly Item[]> {
    const found = await Promise.all(owners.map((owner) => this.searches.of(aws, owner)));
    return found.flat();
  }

  /** Those that exist. */
  async byIds(aws: Aws, ids: readonly string[]): Promise<readonly Item[]> {
    return this.filtered(aws, this.description.idFilter, ids);
  }

  /** Those, of whatever owner, that EC2's own filter lets through for any of these values. */
  async filtered(aws: Aws, Name: string, values: readonly string[]): Promise<readonly Item[]> {
    const different = [...new Set(values)];
    const parts: Promise<readonly Item[]>[] = [];
    for (let start = 0; start < different.length; start += VALUES_PER_FILTER) {
      const Values = different.slice(start, start + VALUES_PER_FILTER);
      parts.push(this.description.describe(aws, [{ Name, Values }]));
    }
    return (await Promise.all(parts)).flat();
  }

  private async searchFor(aws: Aws, owners: readonly string[]): Promise<readonly (readonly Item[])[]> {
    const found = await this.filtered(aws, `tag:${ownerTag}`, owners);
    const byOwner = Map.groupBy(found, (item) => fromSdkTags(this.description.tagsOf(item))[ownerTag]);
    return owners.map((owner) => byOwner.get(owner) ?? []);
  }

  /** One for each of those who ask that made it or has its tag. */
  withOwner(item: Item, queries: readonly OwnerQuery[]): readonly Owned<Item>[] {
    const id = this.description.idOf(item) ?? '';
    const tags = withoutAwsTags(fromSdkTags(this.description.tagsOf(item)));
    return claimsOn(id, tags, queries).map((claim) => ({ ...claim, id, item, tags }));
  }
}
