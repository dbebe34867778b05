import { expect, test } from 'vitest';
import { AccessDenied, NotFound } from '../../../../controller/engine/errors.ts';
import { AlreadyExists, NoConfiguration, outcomeOf } from '../../../../reconcilers/aws/outcome.ts';
import { sdkError } from '../sdk-error.ts';

test.each([
  ['RepositoryNotFoundException', NotFound],
  ['RepositoryAlreadyExistsException', AlreadyExists],
  ['KmsException', AccessDenied],
])('of ECR, %s', (code, Class) => {
  const outcome = outcomeOf('ecr', 'Operation', sdkError(code, 400));
  expect(outcome).toBeInstanceOf(Class);
  expect(outcome).not.toBeInstanceOf(NoConfiguration);
});

test.each(['LifecyclePolicyNotFoundException', 'RepositoryPolicyNotFoundException'])(
  'of ECR, %s is about a repository that is there',
  (code) => {
    expect(outcomeOf('ecr', 'Operation', sdkError(code, 400))).toBeInstanceOf(NoConfiguration);
  },
);

test.each([
  ['InvalidParameterException', 'InvalidSpec'],
  ['InvalidTagParameterException', 'InvalidSpec'],
  ['TooManyTagsException', 'InvalidSpec'],
  ['LimitExceededException', 'QuotaExceeded'],
  ['RepositoryNotEmptyException', 'NotEmpty'],
])('of ECR, %s is terminal, for the reason %s', (code, reason) => {
  expect(outcomeOf('ecr', 'Operation', sdkError(code, 400))).toMatchObject({ reason });
});
