import type { OtherObject, OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What the destination needs and takes. */
export function checkFlowLogs({ flowLogs }: FintechNetworkSpec, others: OtherObjects): readonly SpecFault[] {
  const { destination, retentionDays, bucketName } = flowLogs;
  if (destination === 'CloudWatch') {
    return [
      ...(retentions.includes(retentionDays) ? [] : [at('retentionDays', notKept(retentionDays))]),
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

function notKept(days: number): string {
  const longer = retentions.find((retention) => retention > days);
  const nearest = [retentions.findLast((retention) => retention < days), longer].filter(
    (retention) => retention !== undefined,
  );
  return `CloudWatch Logs does not keep logs for ${days} days; the nearest that it does: ${nearest.join(', ')}`;
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
