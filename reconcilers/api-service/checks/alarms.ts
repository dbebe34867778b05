import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { placeOf } from './place.ts';

/** Alarms tell topics of their own region: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export function checkAlarms(
  { alarms: { notify } }: ApiServiceSpec,
  { environment }: OtherObjects,
): readonly SpecFault[] {
  const place = placeOf(environment);
  const region = notify?.split(':')[3];
  if (region === undefined || place === undefined || region === place.region) return [];
  const message = `the topic is in ${region}, but alarms in ${place.region} tell topics of that region only`;
  return [{ path: ['alarms', 'notify'], message }];
}
