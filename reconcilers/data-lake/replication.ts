import type { Place } from '../../controller/engine/graph.ts';
import type { Input, Inputs, Ref } from '../../controller/engine/ref.ts';
import type { RoleSpec } from '../aws/iam/role-spec.ts';
import type { PolicyDocument } from '../aws/policy-document.ts';
import type { Replication } from '../aws/s3/settings/replication.ts';
import { viaService } from '../aws/kms/account-key-policy.ts';

export type ReplicationPath = {
  readonly name: string;
  readonly place: Place;
  readonly sourceArn: string;
  readonly replicaArn: Ref<string>;
  readonly replicaObjects: Input<string>;
  readonly keyArn: Ref<string>;
  readonly objectLock: boolean;
};

/**
 * The role that S3 copies with: it reads the lake, writes the replica and uses the key through S3, no more
 * (S3 User Guide, "Setting up permissions for live replication"). S3 documents no source condition for the
 * trust policy; nobody can make S3 use the role without iam:PassRole for it.
 */
export function replicationRole(path: ReplicationPath): Inputs<RoleSpec> {
  return {
    name: path.name,
    description: 'S3 copies the objects of the data lake to its replica with this role',
    maxSessionDuration: 3600,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    inlinePolicies: { replication: permissions(path) },
    managedPolicyArns: [],
    permissionsBoundary: undefined,
  };
}

/** Everything is copied. Deletions are not, so that the replica still has what somebody deleted in the lake. */
export function replicationTo(
  roleArn: Ref<string>,
  replicaArn: Ref<string>,
  keyArn: Ref<string>,
): Input<Replication> {
  return {
    role: roleArn,
    rules: [
      {
        id: 'replica',
        priority: 1,
        status: 'Enabled',
        filter: {},
        deleteMarkerReplication: 'Disabled',
        sseKmsEncryptedObjects: 'Enabled',
        destination: { bucketArn: replicaArn, replicaKmsKeyArn: keyArn },
      },
    ],
  };
}

function permissions({
  place,
  sourceArn,
  replicaArn,
  replicaObjects,
  keyArn,
  objectLock,
}: ReplicationPath): Input<PolicyDocument> {
  const lockActions = objectLock ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : [];
  const readActions = [
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionForReplication',
    's3:GetObjectVersionTagging',
  ];
  const throughS3 = { 'kms:ViaService': viaService('s3', place.region) };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadConfiguration',
        Effect: 'Allow',
        Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
        Resource: sourceArn,
      },
      {
        Sid: 'ReadObjects',
        Effect: 'Allow',
        Action: [...readActions, ...lockActions],
        Resource: `${sourceArn}/*`,
      },
      {
        Sid: 'WriteReplicas',
        Effect: 'Allow',
        Action: ['s3:ReplicateObject', 's3:ReplicateTags'],
        Resource: replicaObjects,
      },
      // With a bucket key the encryption context is the bucket, without one the object.
      {
        Sid: 'DecryptSource',
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: keyArn,
        Condition: {
          StringEquals: throughS3,
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [sourceArn, `${sourceArn}/*`] },
        },
      },
      {
        Sid: 'EncryptReplicas',
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        Condition: {
          StringEquals: throughS3,
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [replicaArn, replicaObjects] },
        },
      },
    ],
  };
}
