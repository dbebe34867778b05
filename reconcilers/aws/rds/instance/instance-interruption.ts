import {
  interruptions,
  type Change,
  type Interruption,
} from '../../../../controller/engine/resource-type.ts';
import type { ObservedInstance } from './instance-list.ts';
import { fieldsThatWait } from './instance-waiting.ts';

/** What a change costs whenever it is made; to wait for nothing any longer costs what everything that waits does. */
export function interruptionOf(current: ObservedInstance, change: Change): Interruption {
  if (change.field !== 'applyImmediately') return ofField(current, change);
  const waiting = fieldsThatWait(current.outputs.waitsForMaintenance);
  // From what they are AWS does not say of them any more: the worst is announced.
  const all = new Set(waiting.map((field) => ofField(current, { field, from: undefined, to: 0 })));
  return interruptions.findLast((one) => all.has(one)) ?? 'none';
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html, column "Downtime notes".
 * Certificates are rotated without a restart in some versions of the engine only: the worst is announced. A change of
 * the kind of storage may begin with a brief outage.
 */
function ofField(
  { spec }: ObservedInstance,
  { field, from, to }: Pick<Change, 'field' | 'from' | 'to'>,
): Interruption {
  switch (field) {
    case 'instanceClass':
      return spec.multiAz ? 'failover' : 'restart';
    case 'engineVersion':
    case 'caCertificate':
    case 'port':
      return 'restart';
    case 'running':
      return to === false ? 'restart' : 'none';
    case 'backupRetentionDays':
      return (from === 0) === (to === 0) ? 'none' : 'restart';
    case 'storageType':
      return isGeneralPurpose(from) && isGeneralPurpose(to) ? 'none' : 'restart';
    default:
      return 'none';
  }
}

function isGeneralPurpose(storageType: unknown): boolean {
  return storageType === 'gp2' || storageType === 'gp3';
}
