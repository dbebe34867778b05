import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Observed, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { tagWrites, withoutAwsTags } from '../tags.ts';
import { arnOf } from './log-group-arn.ts';

/** CloudWatch Logs tells the tags of one group per call. */
export const logGroupTags = new IndexedTags(readTags);

export function readLogGroupTags(aws: Aws, name: string): Promise<Tags> {
  return readTags(aws, arnOf(aws, name));
}

export async function changeLogGroupTags(aws: Aws, current: Observed, wanted: Tags): Promise<void> {
  const resourceArn = arnOf(aws, current.id);
  const changes = tagWrites(wanted, current.tags ?? {});
  logGroupTags.remember(aws, resourceArn, wanted);
  if (Object.keys(changes.written).length > 0)
    await aws.logs.send(new TagResourceCommand({ resourceArn, tags: changes.written }));
  if (changes.removed.length > 0)
    await aws.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: changes.removed }));
}

async function readTags({ logs }: Aws, resourceArn: string): Promise<Tags> {
  const { tags = {} } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
  return withoutAwsTags(tags);
}
