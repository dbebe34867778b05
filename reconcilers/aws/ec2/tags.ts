import {
  CreateTagsCommand,
  DeleteTagsCommand,
  type ResourceType,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import type { Observed, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { tagWrites, toSdkTags } from '../tags.ts';

/** The tags that a creating call puts on, so that nothing ever exists without its owner. */
export function tagSpecification(type: ResourceType, tags: Tags): TagSpecification[] {
  return [{ ResourceType: type, Tags: toSdkTags(tags) }];
}

/** Afterwards the resource has exactly these tags, beside those of AWS. */
export async function setTags(aws: Aws, { id, tags = {} }: Observed, wanted: Tags) {
  const { written, removed } = tagWrites(wanted, tags);
  if (Object.keys(written).length > 0)
    await aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: toSdkTags(written) }));
  if (removed.length > 0) {
    const Tags = removed.map((Key) => ({ Key }));
    await aws.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags }));
  }
}
