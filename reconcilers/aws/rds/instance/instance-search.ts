import type { DBInstance } from '@aws-sdk/client-rds';
import type { Claim, OwnerQuery, Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { identityOf } from '../../identity.ts';
import { fromSdkTags, withoutAwsTags } from '../../tags.ts';
import { isAutoscaled } from '../autoscaled.ts';
import { describeInstances } from '../descriptions.ts';

export type OwnedInstance = {
  readonly instance: DBInstance;
  readonly claim: Claim;
  readonly tags: Tags;
};

/** Members and those that stand alone are two types of resource, which share one description of all instances. */
export async function findInstances(
  aws: Aws,
  queries: readonly OwnerQuery[],
  which: 'members' | 'alone',
): Promise<readonly OwnedInstance[]> {
  const found = await describeInstances(aws);
  return found.flatMap((instance): OwnedInstance[] => {
    const id = instance.DBInstanceIdentifier ?? '';
    const isMember = instance.DBClusterIdentifier !== undefined;
    if (isMember !== (which === 'members') || isAutoscaled(id)) return [];
    const tags = withoutAwsTags(fromSdkTags(instance.TagList));
    const claim = identityOf(id, tags, queries);
    return claim === undefined ? [] : [{ instance, claim, tags }];
  });
}
