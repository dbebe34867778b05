import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Observed, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { tagWrites } from '../tags.ts';
import type { ScalableTargetOutputs, ScalableTargetSpec } from './scalable-target-spec.ts';

export const targetTags = new IndexedTags(readTargetTags);

export async function readTargetTags({ autoscaling }: Aws, ResourceARN: string): Promise<Tags> {
  const { Tags: tags = {} } = await autoscaling.send(new ListTagsForResourceCommand({ ResourceARN }));
  return tags;
}

export async function changeTargetTags(
  aws: Aws,
  { outputs, tags = {} }: Observed<ScalableTargetSpec, ScalableTargetOutputs>,
  wanted: Tags,
): Promise<void> {
  const ResourceARN = outputs.arn;
  const { written, removed } = tagWrites(wanted, tags);
  targetTags.remember(aws, ResourceARN, wanted);
  if (Object.keys(written).length > 0)
    await aws.autoscaling.send(new TagResourceCommand({ ResourceARN, Tags: written }));
  if (removed.length > 0)
    await aws.autoscaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: removed }));
}
