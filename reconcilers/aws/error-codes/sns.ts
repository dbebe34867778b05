import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  ConcurrentAccess: 'Conflict',
  ConcurrentAccessException: 'Conflict',
  InternalErrorException: 'Transient',
  InvalidSecurity: 'AccessDenied',
  InvalidSecurityException: 'AccessDenied',
  // Tags of a topic that was deleted a moment ago are still there.
  StaleTag: 'NotReady',
  StaleTagException: 'NotReady',
  TagPolicy: 'InvalidSpec',
  TagPolicyException: 'InvalidSpec',
  Throttled: 'Throttled',
};
