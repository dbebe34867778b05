import type { OtherObject, OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import { retentionFault } from '../../aws/logs/retention-days.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** What the destination needs and takes. */
export function checkFlowLogs({ flowLogs }: FintechNetworkSpec, others: OtherObjects): readonly SpecFault[] {
  const { destination, retentionDays, bucketName } = flowLogs;
  if (destination === 'CloudWatch') {
    const fault = retentionFault(retentionDays);
    return [
      ...(fault === undefined ? [] : [at('retentionDays', fault)]),
      ...(bucketName === undefined ? [] : [at('bucketName', 'only with destination: S3')]),
    ];
  }
  if (bucketName === undefined) {
    return [at('destination', 'S3 needs flowLogs.bucketName')];
  }
  const owner = ownerOfBucket(bucketName, others);
  return owner === undefined ? [] : [at('bucketName', `${bucketName} belongs to ${owner} already`)];
}

function at(field: string, message: string): SpecFault {
  return { path: ['flowLogs', field], message };
}

/** Bucket names are unique in all of AWS, so objects of other accounts count as well. */
function ownerOfBucket(name: string, { allOf }: OtherObjects): string | undefined {
  for (const kind of ['DataLake', 'FintechNetwork']) {
    const owner = allOf(kind).find((object) => bucketsOf(object).includes(name));
    if (owner !== undefined) return `${kind}/${owner.metadata.namespace ?? ''}/${owner.metadata.name}`;
  }
  return undefined;
}

/** A bucket is called by a field of this name wherever a kind makes one. */
function bucketsOf({ spec }: OtherObject): readonly unknown[] {
  return [spec, ...Object.values(spec)].map((part) => (isFields(part) ? part['bucketName'] : undefined));
}
