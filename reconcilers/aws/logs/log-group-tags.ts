import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { same } from '../../../controller/engine/compare.ts';
import type { Observed, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { tagWrites, withoutAwsTags } from '../tags.ts';
import { arnOf } from './log-group-arn.ts';

/** What was written, by name of the group, as long as the index of tags was not seen to show it. */
const written = new WeakMap<Aws, Map<string, Tags>>();

/** CloudWatch Logs tells the tags of one group per call; the index, which shows those of all, lags behind. */
export async function tagsOf(aws: Aws, name: string, inIndex: Tags | undefined): Promise<Tags> {
  const wrote = written.get(aws)?.get(name);
  if (inIndex === undefined || (wrote !== undefined && !same(wrote, inIndex)))
    return readLogGroupTags(aws, name);
  forgetTags(aws, name);
  return inIndex;
}

export async function readLogGroupTags(aws: Aws, name: string): Promise<Tags> {
  const { tags = {} } = await aws.logs.send(
    new ListTagsForResourceCommand({ resourceArn: arnOf(aws, name) }),
  );
  return withoutAwsTags(tags);
}

export async function changeLogGroupTags(aws: Aws, current: Observed, wanted: Tags): Promise<void> {
  const resourceArn = arnOf(aws, current.id);
  const changes = tagWrites(wanted, current.tags ?? {});
  rememberTags(aws, current.id, wanted);
  if (Object.keys(changes.written).length > 0)
    await aws.logs.send(new TagResourceCommand({ resourceArn, tags: changes.written }));
  if (changes.removed.length > 0)
    await aws.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: changes.removed }));
}

export function rememberTags(aws: Aws, name: string, tags: Tags): void {
  const ofCloud = written.get(aws) ?? new Map<string, Tags>();
  written.set(aws, ofCloud);
  ofCloud.set(name, tags);
}

export function forgetTags(aws: Aws, name: string): void {
  written.get(aws)?.delete(name);
}
