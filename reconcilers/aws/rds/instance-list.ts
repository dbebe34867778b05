import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import type { Identity, Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { fromSdkTags, withoutAwsTags } from '../tags.ts';
import { isAutoscaled } from './autoscaled.ts';
import { describeClusters, describeInstances } from './descriptions.ts';
import type { InstanceOutputs, InstanceSpec } from './instance-spec.ts';
import { specOf } from './instance-observed.ts';
import { identityOf } from '../identity.ts';
import { stateOf } from './status.ts';

export type ObservedInstance = Observed<InstanceSpec, InstanceOutputs>;

type Owned = Identity & { readonly instance: DBInstance; readonly tags: Tags };

/** Who is the writer only the cluster says: its description is asked for when there are members. */
export async function listInstances(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedInstance[]> {
  const found = await describeInstances(aws);
  const owned = found.flatMap((instance): Owned[] => {
    const id = instance.DBInstanceIdentifier ?? '';
    if (isAutoscaled(id)) return [];
    const tags = withoutAwsTags(fromSdkTags(instance.TagList));
    const identity = identityOf(id, tags, queries);
    return identity === undefined ? [] : [{ ...identity, instance, tags }];
  });
  const hasMembers = owned.some(({ instance }) => instance.DBClusterIdentifier !== undefined);
  const writers = hasMembers ? writersOf(await describeClusters(aws)) : new Set<string>();
  return owned.map((one) => observed(one, writers));
}

function writersOf(clusters: readonly DBCluster[]): ReadonlySet<string> {
  const members = clusters.flatMap(({ DBClusterMembers = [] }) => DBClusterMembers);
  const writers = members.filter(({ IsClusterWriter }) => IsClusterWriter === true);
  return new Set(writers.map(({ DBInstanceIdentifier = '' }) => DBInstanceIdentifier));
}

function observed({ instance, ...identity }: Owned, writers: ReadonlySet<string>): ObservedInstance {
  const id = instance.DBInstanceIdentifier ?? '';
  const isWriter = writers.has(id);
  const roleAmongMembers = isWriter ? 'writer' : 'reader';
  return {
    ...identity,
    ...stateOf(instance.DBInstanceStatus),
    id,
    spec: specOf(instance),
    outputs: {
      identifier: id,
      arn: instance.DBInstanceArn ?? '',
      resourceId: instance.DbiResourceId ?? '',
      endpoint: instance.Endpoint?.Address ?? '',
      port: instance.Endpoint?.Port ?? 0,
      role: instance.DBClusterIdentifier === undefined ? 'alone' : roleAmongMembers,
      availabilityZone: instance.AvailabilityZone ?? '',
      needsReboot: (instance.DBParameterGroups ?? []).some(
        ({ ParameterApplyStatus }) => ParameterApplyStatus === 'pending-reboot',
      ),
      waitsForMaintenance: Object.keys(instance.PendingModifiedValues ?? {}),
    },
  };
}
