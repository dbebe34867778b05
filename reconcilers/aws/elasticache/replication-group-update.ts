import {
  DecreaseReplicaCountCommand,
  IncreaseReplicaCountCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import { NotReady, Terminal } from '../../../controller/engine/errors.ts';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { arnOf } from './arn.ts';
import { stepAuthToken } from './auth-token.ts';
import { isDowngrade } from './engine-version.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import { modificationOf } from './replication-group-modification.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';
import { isSettingTag, settingTags } from './replication-group-tags.ts';
import { changeTags } from './tags.ts';

type Step = { readonly what: string; carryOut(): Promise<unknown> };

/**
 * Every call leaves the group modifying, in which it takes no other: one step is made, and the next pass makes
 * the next one. Replicas come before the failover that needs them, and go after it.
 */
export async function updateReplicationGroup(
  aws: Aws,
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changes: readonly Change[],
): Promise<void> {
  const [step, next] = stepsFor(aws, current, spec, new Set(changes.map(({ field }) => field)));
  await step?.carryOut();
  if (next !== undefined) throw new NotReady(`is changed step by step: ${next.what} comes next`);
}

function stepsFor(
  aws: Aws,
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): readonly Step[] {
  const { id } = current;
  const modify = (what: string, changes: Partial<ModifyReplicationGroupCommandInput>): Step => ({
    what,
    carryOut: () =>
      aws.elasticache.send(new ModifyReplicationGroupCommand({ ReplicationGroupId: id, ...changes })),
  });
  const steps: Step[] = [];
  if (changed.has('finalSnapshot') || changed.has('authTokenOverlapSeconds'))
    steps.push({ what: 'settings', carryOut: () => writeSettingTags(aws, id, spec) });
  if (spec.replicas > current.spec.replicas) steps.push(replicaStep(aws, id, spec.replicas, true));
  const modification = modificationOf(current, spec, changed);
  if (modification !== undefined) steps.push(modify('settings', modification));
  // A change of nodes interrupts, if only for a moment: it waits for the maintenance window.
  if (changed.has('nodeType'))
    steps.push(modify('node type', { CacheNodeType: spec.nodeType, ApplyImmediately: false }));
  if (changed.has('engineVersion'))
    steps.push(modify('engine version', versionUpgrade(current, spec, changed)));
  if (changed.has('transitEncryption'))
    steps.push(modify('encryption in transit', transitStep(current.spec, spec)));
  if (changed.has('authSecretVersion'))
    steps.push({ what: 'auth token', carryOut: () => stepAuthToken(aws, id, spec) });
  if (spec.replicas < current.spec.replicas) steps.push(replicaStep(aws, id, spec.replicas, false));
  return steps;
}

async function writeSettingTags(aws: Aws, id: string, spec: ReplicationGroupSpec): Promise<void> {
  await changeTags(aws, arnOf(aws, 'replicationgroup', id), settingTags(spec), isSettingTag);
}

/** The primary is never among those that go. */
function replicaStep({ elasticache }: Aws, id: string, replicas: number, isMore: boolean): Step {
  const wanted = { ReplicationGroupId: id, NewReplicaCount: replicas, ApplyImmediately: true };
  const carryOut = () =>
    isMore
      ? elasticache.send(new IncreaseReplicaCountCommand(wanted))
      : elasticache.send(new DecreaseReplicaCountCommand(wanted));
  return { what: 'number of replicas', carryOut };
}

function versionUpgrade(
  current: ObservedReplicationGroup,
  spec: ReplicationGroupSpec,
  changed: ReadonlySet<string>,
): Partial<ModifyReplicationGroupCommandInput> {
  const { engineVersion: actual } = current.spec;
  if (isDowngrade(spec.engineVersion, actual))
    throw new Terminal(
      'InvalidSpec',
      `has version ${actual}, which ElastiCache does not lower to ${spec.engineVersion}`,
    );
  return {
    EngineVersion: spec.engineVersion,
    // Another major version takes a parameter group of its own family.
    ...(changed.has('parameterGroupName') ? { CacheParameterGroupName: spec.parameterGroupName } : {}),
    ApplyImmediately: false,
  };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html */
function transitStep(
  { transitEncryption: actual }: ReplicationGroupSpec,
  { transitEncryption: wanted }: ReplicationGroupSpec,
): Partial<ModifyReplicationGroupCommandInput> {
  if (wanted === 'disabled' && actual === 'preferred')
    return { TransitEncryptionEnabled: false, ApplyImmediately: true };
  const mode = wanted === 'required' && actual === 'preferred' ? 'required' : 'preferred';
  return { TransitEncryptionEnabled: true, TransitEncryptionMode: mode, ApplyImmediately: true };
}
