import type { ImageTagMutability } from '@aws-sdk/client-ecr';
import type { PolicyDocument } from '../policy-document.ts';
import type { LifecyclePolicy } from './lifecycle-policy.ts';

export type RepositorySpec = {
  readonly name: string;
  /** Counts where the registry scans in its basic way; what the registry is set to is the account's own affair. */
  readonly scanOnPush: boolean;
  /** Those with exclusions are never wanted. */
  readonly tagMutability: ImageTagMutability;
  readonly encryption: RepositoryEncryption;
  /** undefined keeps every image for ever. */
  readonly lifecycle: LifecyclePolicy | undefined;
  /** undefined: only what identities of the account are allowed by their own policies. */
  readonly policy: PolicyDocument | undefined;
  /** Whether deleting the repository deletes the images in it. */
  readonly emptyOnDeletion: boolean;
};

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html */
export type RepositoryEncryption =
  | { readonly type: 'AES256' }
  | { readonly type: 'KMS' | 'KMS_DSSE'; readonly kmsKeyArn: string };

export type RepositoryOutputs = {
  readonly arn: string;
  readonly name: string;
  /** What images are pushed to and pulled from, without a tag. */
  readonly uri: string;
};
