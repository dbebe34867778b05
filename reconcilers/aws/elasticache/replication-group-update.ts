import {
  DecreaseReplicaCountCommand,
  IncreaseReplicaCountCommand,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
} from '@aws-sdk/client-elasticache';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { arnOf } from './arn.ts';
import { stepAuthToken } from './auth-token.ts';
import { nodeChange } from './node-change.ts';
import type { ObservedReplicationGroup } from './replication-group-list.ts';
import { inTime, modificationOf } from './replication-group-modification.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';
import { isSettingTag, settingTags } from './replication-group-tags.ts';
import { changeTags } from './tags.ts';

type Modification = Partial<ModifyReplicationGroupCommandInput>;
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
  const modify = (what: string, changes: Modification): Step => ({
    what,
    carryOut: () =>
      aws.elasticache.send(new ModifyReplicationGroupCommand({ ReplicationGroupId: id, ...changes })),
  });
  const token: Step = { what: 'auth token', carryOut: () => stepAuthToken(aws, id, spec) };
  const { now, later } = inTime(current, spec, changed);
  const steps: Step[] = [];
  if (changed.has('finalSnapshot') || changed.has('authTokenOverlapSeconds'))
    steps.push({ what: 'settings', carryOut: () => writeSettingTags(aws, id, spec) });
  if (spec.replicas > current.spec.replicas) steps.push(replicaStep(aws, id, spec.replicas, true));
  const settings = modificationOf(current, spec, now);
  if (settings !== undefined) steps.push(modify('settings', settings));
  // A token needs the encryption; otherwise it comes before what makes it wait for the maintenance window.
  if (now.has('authSecretVersion') && !now.has('transitEncryption')) steps.push(token);
  const nodes = nodeChange(current, spec, changed);
  if (nodes !== undefined) steps.push(modify('node type or version', nodes));
  if (now.has('transitEncryption'))
    steps.push(modify('encryption in transit', transitStep(current.spec, spec)));
  if (now.has('authSecretVersion') && now.has('transitEncryption')) steps.push(token);
  if (later.length > 0) steps.push(afterMaintenance(current, later));
  else if (spec.replicas < current.spec.replicas) steps.push(replicaStep(aws, id, spec.replicas, false));
  return steps;
}

function afterMaintenance({ spec, outputs }: ObservedReplicationGroup, fields: readonly string[]): Step {
  const [what, waiting] = [fields.join(', '), outputs.pendingMaintenance.join(', ')];
  return {
    what,
    async carryOut() {
      throw new NotReady(
        `changes ${what} after its maintenance window ${spec.maintenanceWindow}: ` +
          `at once AWS would do it together with what waits for that, ${waiting}`,
      );
    },
  };
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

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html */
function transitStep(
  { transitEncryption: actual }: ReplicationGroupSpec,
  { transitEncryption: wanted }: ReplicationGroupSpec,
): Modification {
  if (wanted === 'disabled' && actual === 'preferred')
    return { TransitEncryptionEnabled: false, ApplyImmediately: true };
  const mode = wanted === 'required' && actual === 'preferred' ? 'required' : 'preferred';
  return { TransitEncryptionEnabled: true, TransitEncryptionMode: mode, ApplyImmediately: true };
}
