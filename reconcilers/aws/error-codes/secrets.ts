import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  // One of this name waits for its deletion.
  'CreateSecret InvalidRequestException': 'AlreadyExists',
  // The key is not enabled, or not yet.
  DecryptionFailure: 'NotReady',
  EncryptionFailure: 'NotReady',
  InternalServiceError: 'Transient',
  InvalidNextTokenException: 'Transient',
  // The state of the secret does not allow it: it waits for its deletion.
  InvalidRequestException: 'NotReady',
  PreconditionNotMetException: 'InvalidSpec',
  ResourceExistsException: 'AlreadyExists',
};
