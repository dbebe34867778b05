import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from '@aws-sdk/client-wafv2';
import type { Observed, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

/** WAF tells the tags of one web ACL per call. */
export const webAclTags = new IndexedTags(readWebAclTags);

export async function readWebAclTags({ waf }: Aws, ResourceARN: string): Promise<Tags> {
  const tags: Tag[] = [];
  let NextMarker: string | undefined;
  do {
    const page = await waf.send(new ListTagsForResourceCommand({ ResourceARN, NextMarker }));
    tags.push(...(page.TagInfoForResource?.TagList ?? []));
    NextMarker = page.NextMarker;
  } while (NextMarker !== undefined);
  return withoutAwsTags(fromSdkTags(tags));
}

export async function changeWebAclTags(aws: Aws, current: Observed, wanted: Tags): Promise<void> {
  const ResourceARN = current.id;
  const { written, removed } = tagWrites(wanted, current.tags ?? {});
  webAclTags.remember(aws, ResourceARN, wanted);
  const Tags = toSdkTags(written);
  if (Tags.length > 0) await aws.waf.send(new TagResourceCommand({ ResourceARN, Tags }));
  if (removed.length > 0) await aws.waf.send(new UntagResourceCommand({ ResourceARN, TagKeys: removed }));
}
