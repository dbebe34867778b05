import { TagResourceCommand, UntagResourceCommand, type Tag } from '@aws-sdk/client-ecs';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { tagWrites, withoutAwsTags } from '../tags.ts';

/** ECS writes the two parts of a tag in lower case. */
export function toEcsTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function tagsIn(tags: readonly Tag[] = []): Tags {
  return withoutAwsTags(Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])));
}

/** Changes the tags of a cluster, a service or a revision of a task definition. */
export async function changeTags(
  { ecs }: Aws,
  resourceArn: string,
  wanted: Tags,
  actual: Tags,
): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  const tags = toEcsTags(written);
  if (tags.length > 0) await ecs.send(new TagResourceCommand({ resourceArn, tags }));
  if (removed.length > 0) await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: removed }));
}
