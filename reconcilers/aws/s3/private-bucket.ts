import { partitionOf } from '../partition.ts';
import type { PolicyStatement } from '../policy-document.ts';

/** Closed to the public, without ACLs, and nothing switched on that is not asked for. */
export function privateBucket(name: string, emptyOnDeletion: boolean) {
  return {
    name,
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    ownership: 'BucketOwnerEnforced',
    objectLockEnabled: false,
    objectLock: undefined,
    logging: undefined,
    replication: undefined,
    intelligentTiering: [],
    website: undefined,
    cors: [],
    requestPayment: 'BucketOwner',
    acceleration: 'Suspended',
    prefixMarkers: [],
    emptyOnDeletion,
  } as const;
}

/** Known from the name alone, so that policies can speak of a bucket that needs them before it exists. */
export function bucketArn(region: string, name: string): string {
  return `arn:${partitionOf(region).name}:s3:::${name}`;
}

/** TLS 1.2 or better, for everybody and every action. */
export function tlsOnly(arn: string): readonly PolicyStatement[] {
  const everything = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
  } as const;
  return [
    { Sid: 'DenyPlainHttp', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}
