import type { OtherObject, OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import { retentionFault } from '../../aws/logs/retention-days.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { labelOf, neighboursOf } from './place.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export function checkLogs({ logs }: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  const retention = retentionFault(logs.retentionDays);
  const name = logs.groupName === undefined ? undefined : nameFault(logs.groupName, others);
  return [
    ...(retention === undefined ? [] : [{ path: ['logs', 'retentionDays'], message: retention }]),
    ...(name === undefined ? [] : [{ path: ['logs', 'groupName'], message: name }]),
  ];
}

function nameFault(name: string, others: OtherObjects): string | undefined {
  if (name.startsWith('aws/')) return `${name}: names that begin with aws/ are AWS's own`;
  const owner = neighboursOf('ApiService', others).find((service) => groupNameOf(service) === name);
  return owner && `${name} belongs to ${labelOf('ApiService', owner)} already`;
}

function groupNameOf({ spec: { logs } }: OtherObject): unknown {
  return isFields(logs) ? logs['groupName'] : undefined;
}
