import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  DependencyTimeoutException: 'Transient',
  InvalidAliasNameException: 'InvalidSpec',
  InvalidArnException: 'InvalidSpec',
  // The key is on its way to another state: being created, or its deletion just cancelled.
  KMSInvalidStateException: 'NotReady',
  TagException: 'InvalidSpec',
  UnsupportedOperationException: 'InvalidSpec',
};
