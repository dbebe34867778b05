import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  ConcurrentUpdateException: 'Conflict',
  FailedResourceAccessException: 'AccessDenied',
  InternalServiceException: 'Transient',
  InvalidNextTokenException: 'Transient',
  // The target was registered a moment ago, or somebody deregistered it.
  'PutScalingPolicy ObjectNotFoundException': 'NotReady',
  TooManyTagsException: 'InvalidSpec',
};
