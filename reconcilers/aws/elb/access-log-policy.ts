import type { PolicyStatement } from '../policy-document.ts';
import type { AccessLogs } from './load-balancer-spec.ts';

/**
 * Lets Elastic Load Balancing write the access logs of load balancers of this account into a bucket:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 * The service principal is for all regions; the accounts by region that older policies name are its predecessors. The
 * account in the path is what keeps out load balancers of others, which write under their own. The bucket must be in
 * the region of the load balancer and encrypted with S3's own key, as delivery takes no key of KMS.
 */
export function accessLogDelivery(
  account: string,
  bucketArn: string,
  { prefix }: Pick<AccessLogs, 'prefix'>,
): PolicyStatement {
  return {
    Sid: 'AccessLogDelivery',
    Effect: 'Allow',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${bucketArn}/${prefix === '' ? '' : `${prefix}/`}AWSLogs/${account}/*`,
  };
}
