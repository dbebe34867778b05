import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { accessLogDelivery } from '../aws/elb/access-log-policy.ts';
import { bucketNameOf } from '../aws/s3/bucket-name.ts';
import { logBucket, type LogBucketOutputs } from '../aws/s3/log-bucket-spec.ts';
import { LogBucket } from '../aws/s3/log-bucket.ts';
import { bucketArn, tlsOnly } from '../aws/s3/private-bucket.ts';
import type { IngressSpec } from './spec.ts';

/** For so long auditors may ask who called: the period of a SOC 2 report. */
const retentionDays = 365;

/** Every request, in a bucket that outlives the object: its lines go when they are old enough, and not before. */
export function addAccessLogs(
  graph: Graph<Aws>,
  { accessLogs }: IngressSpec,
): NodeHandle<LogBucketOutputs> | undefined {
  if (!accessLogs) return undefined;
  const { account, region } = graph.place;
  const name = bucketNameOf(`${graph.nameOf('access-logs')}-${account}-${region}`);
  const arn = bucketArn(region, name);
  const policy = {
    Version: '2012-10-17',
    Statement: [...tlsOnly(arn), accessLogDelivery(account, arn, { prefix: '' })],
  } as const;
  const spec = logBucket({ name, policy, retentionDays, emptyOnDeletion: false });
  return graph.add(LogBucket, 'access-logs', spec, { outlivesObject: true });
}
