import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  // Somebody else writes the same dashboard, or the same tags.
  ConflictException: 'Conflict',
  DashboardInvalidInputError: 'InvalidSpec',
  InternalServiceError: 'Transient',
  InternalServiceFault: 'Transient',
  InvalidFormat: 'InvalidSpec',
  InvalidFormatFault: 'InvalidSpec',
  InvalidNextToken: 'Transient',
  ResourceConflict: 'Conflict',
};
