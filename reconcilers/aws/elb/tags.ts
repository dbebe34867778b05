import {
  AddTagsCommand,
  DescribeTagsCommand,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import { BatchedRead } from '../batched-read.ts';
import type { Aws } from '../cloud.ts';
import { IndexedTags } from '../indexed-tags.ts';
import { ownedTags } from '../owned.ts';
import { fromSdkTags, tagWrites, toSdkTags, withoutAwsTags } from '../tags.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const RESOURCES_PER_CALL = 20;

const readers = new BatchedRead<string, Tags>(readMany, RESOURCES_PER_CALL);

/** Tags of load balancers, their listeners and target groups, all of which the index shows. */
export const elbTags = new IndexedTags(readTags);

/** Tags of any resource; those that are asked for at the same time are read together. */
export function readTags(aws: Aws, arn: string): Promise<Tags> {
  return readers.of(aws, arn);
}

async function readMany(aws: Aws, arns: readonly string[]): Promise<readonly (Tags | Error)[]> {
  try {
    const found = await describeTags(aws, arns);
    return arns.map((arn) => found.get(arn) ?? {});
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    if (arns.length === 1) return [error];
    // One that is gone fails the call for all.
    return (await Promise.all(arns.map((arn) => readMany(aws, [arn])))).flat();
  }
}

async function describeTags({ elb }: Aws, arns: readonly string[]): Promise<ReadonlyMap<string, Tags>> {
  const { TagDescriptions = [] } = await elb.send(
    new DescribeTagsCommand({ ResourceArns: [...new Set(arns)] }),
  );
  return new Map(
    TagDescriptions.map(({ ResourceArn = '', Tags }) => [ResourceArn, withoutAwsTags(fromSdkTags(Tags))]),
  );
}

/** What the index of tags shows of these owners, by ARN. */
export function tagsInIndex(
  aws: Aws,
  kind: 'listener' | 'loadbalancer' | 'targetgroup',
  queries: readonly OwnerQuery[],
): Promise<ReadonlyMap<string, Tags>> {
  return ownedTags(aws, `elasticloadbalancing:${kind}`, queries);
}

export async function changeTags({ elb }: Aws, arn: string, wanted: Tags, actual: Tags): Promise<void> {
  const { written, removed } = tagWrites(wanted, actual);
  const ResourceArns = [arn];
  const Tags = toSdkTags(written);
  if (Tags.length > 0) await elb.send(new AddTagsCommand({ ResourceArns, Tags }));
  if (removed.length > 0) await elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: removed }));
}
