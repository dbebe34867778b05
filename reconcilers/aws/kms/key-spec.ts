import type { KeySpec as AwsKeySpec, KeyState, KeyUsageType } from '@aws-sdk/client-kms';
import type { PolicyDocument } from '../policy-document.ts';

/** A customer managed symmetric key with one alias. */
export type KeySpec = {
  /** `alias/...` */
  readonly alias: string;
  readonly description: string;
  readonly policy: PolicyDocument;
  readonly rotation: KeyRotation;
  /** Wanted is always `Enabled`; everything else that a key can be is a difference. */
  readonly keyState: KeyState;
  /** How many days AWS keeps a deleted key, in which the deletion can be taken back: 7 to 30. */
  readonly deletionWindowDays: number;
  readonly keySpec: AwsKeySpec;
  readonly keyUsage: KeyUsageType;
  readonly multiRegion: boolean;
};

export type KeyRotation =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** 90 to 2560. */
      readonly periodDays: number;
    };

export type KeyOutputs = {
  readonly keyId: string;
  readonly arn: string;
  readonly aliasName: string;
};
