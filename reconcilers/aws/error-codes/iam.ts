import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  DeleteConflict: 'NotReady',
  EntityTemporarilyUnmodifiable: 'NotReady',
  InvalidInput: 'InvalidSpec',
  PolicyNotAttachable: 'InvalidSpec',
  UnmodifiableEntity: 'InvalidSpec',
};
