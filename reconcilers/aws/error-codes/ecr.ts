import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  InvalidTagParameterException: 'InvalidSpec',
  // The key is not there, not enabled, or not for this role or for ECR.
  KmsException: 'AccessDenied',
  LifecyclePolicyNotFoundException: 'NoConfiguration',
  RepositoryNotEmptyException: 'NotEmpty',
  RepositoryPolicyNotFoundException: 'NoConfiguration',
  ServerException: 'Transient',
  TooManyTagsException: 'InvalidSpec',
};
