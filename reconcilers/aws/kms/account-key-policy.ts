import { partitionOf } from '../partition.ts';
import type { PolicyDocument, PolicyStatement } from '../policy-document.ts';

type AccountAndRegion = { readonly account: string; readonly region: string };

/**
 * The account administers the key; its principals may use it, as far as their own policies allow, only through
 * these services. As the account may not decrypt itself, no policy of a principal opens the data directly.
 */
export function accountKeyPolicy(
  place: AccountAndRegion,
  services: readonly string[],
  ...more: readonly PolicyStatement[]
): PolicyDocument {
  return { Version: '2012-10-17', Statement: [administration(place), use(place, services), ...more] };
}

/** How KMS names the service that a request came through (KMS Developer Guide, "kms:ViaService"). */
export function viaService(service: string, region: string): string {
  return `${service}.${region}.${partitionOf(region).domain}`;
}

export function accountRoot({ account, region }: AccountAndRegion) {
  return { AWS: `arn:${partitionOf(region).name}:iam::${account}:root` };
}

function administration(place: AccountAndRegion): PolicyStatement {
  return {
    Sid: 'AccountAdministersKey',
    Effect: 'Allow',
    Principal: accountRoot(place),
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
  };
}

function use(place: AccountAndRegion, services: readonly string[]): PolicyStatement {
  const through = services.map((service) => viaService(service, place.region));
  return {
    Sid: 'AccountUsesKeyThroughServices',
    Effect: 'Allow',
    Principal: accountRoot(place),
    Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': place.account, 'kms:ViaService': through },
    },
  };
}
