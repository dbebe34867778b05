import type { Place } from '../../controller/engine/graph.ts';
import { partitionOf } from '../aws/partition.ts';
import type { PolicyDocument } from '../aws/policy-document.ts';

/**
 * The account administers the key; its principals may use it, as far as their own policies allow, only
 * through S3. That is what replication needs. Log delivery needs nothing: S3 does not deliver access logs
 * into a bucket encrypted with a customer key, so the log bucket has S3's own encryption.
 */
export function lakeKeyPolicy({ account, region }: Place): PolicyDocument {
  const accountRoot = { AWS: `arn:${partitionOf(region).name}:iam::${account}:root` };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AccountAdministersKey',
        Effect: 'Allow',
        Principal: accountRoot,
        Action: [
          'kms:CancelKeyDeletion',
          'kms:CreateAlias',
          'kms:DeleteAlias',
          'kms:Describe*',
          'kms:DisableKey',
          'kms:DisableKeyRotation',
          'kms:EnableKey',
          'kms:EnableKeyRotation',
          'kms:Get*',
          'kms:List*',
          'kms:PutKeyPolicy',
          'kms:RotateKeyOnDemand',
          'kms:ScheduleKeyDeletion',
          'kms:TagResource',
          'kms:UntagResource',
          'kms:UpdateAlias',
          'kms:UpdateKeyDescription',
        ],
        Resource: '*',
      },
      {
        Sid: 'AccountUsesKeyThroughS3',
        Effect: 'Allow',
        Principal: accountRoot,
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': viaS3(region) },
        },
      },
    ],
  };
}

/** How KMS names the service that a request came through (KMS Developer Guide, "kms:ViaService"). */
export function viaS3(region: string): string {
  return `s3.${region}.${partitionOf(region).domain}`;
}
