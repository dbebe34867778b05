import { ListRoleTagsCommand, TagRoleCommand, UntagRoleCommand, type Tag } from '@aws-sdk/client-iam';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { fromSdkTags, tagWrites, toSdkTags } from '../tags.ts';

export async function changeRoleTags(aws: Aws, RoleName: string, wanted: Tags): Promise<void> {
  const { written, removed } = tagWrites(wanted, await readRoleTags(aws, RoleName));
  if (Object.keys(written).length > 0)
    await aws.iam.send(new TagRoleCommand({ RoleName, Tags: toSdkTags(written) }));
  if (removed.length > 0) await aws.iam.send(new UntagRoleCommand({ RoleName, TagKeys: removed }));
}

async function readRoleTags({ iam }: Aws, RoleName: string): Promise<Tags> {
  const tags: Tag[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListRoleTagsCommand({ RoleName, Marker }));
    tags.push(...(page.Tags ?? []));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return fromSdkTags(tags);
}
