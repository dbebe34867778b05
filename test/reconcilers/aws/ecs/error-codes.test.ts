import { describe, expect, test } from 'vitest';
import { NotFound, NotReady, Terminal } from '../../../../controller/engine/errors.ts';
import { outcomeOf } from '../../../../reconcilers/aws/outcome.ts';

function outcome(operation: string, name: string): Error {
  const error = Object.assign(new Error('AWS says no'), { $metadata: { httpStatusCode: 400 } });
  return outcomeOf('ecs', operation, Object.assign(error, { name }));
}

describe('what ECS answers', () => {
  test.each([
    ['DeleteCluster', 'ClusterContainsServicesException', NotReady],
    ['DeleteCluster', 'ClusterContainsTasksException', NotReady],
    ['PutClusterCapacityProviders', 'ResourceInUseException', NotReady],
    ['PutClusterCapacityProviders', 'UpdateInProgressException', NotReady],
    ['CreateService', 'ClusterNotFoundException', NotReady],
    ['DescribeServices', 'ClusterNotFoundException', NotFound],
    ['UpdateService', 'ServiceNotActiveException', NotFound],
    ['UpdateService', 'ServiceNotFoundException', NotFound],
    ['DescribeTaskDefinition', 'ClientException', NotFound],
    ['DeregisterTaskDefinition', 'ClientException', NotFound],
  ])('to %s with %s', (operation, code, Class) => {
    expect(outcome(operation, code)).toBeInstanceOf(Class);
  });

  test.each([
    ['RegisterTaskDefinition', 'ClientException', 'InvalidSpec'],
    ['RegisterTaskDefinition', 'LimitExceededException', 'QuotaExceeded'],
    ['UpdateService', 'InvalidParameterException', 'InvalidSpec'],
    ['UpdateService', 'PlatformUnknownException', 'InvalidSpec'],
  ])('to %s with %s is terminal', (operation, code, reason) => {
    const found = outcome(operation, code);
    expect(found).toBeInstanceOf(Terminal);
    expect(found).toMatchObject({ reason });
  });

  test.each(['CreateCluster', 'CreateService', 'PutClusterCapacityProviders'])(
    'to %s while its role is not known everywhere is tried again soon',
    (operation) => {
      expect(outcome(operation, 'InvalidParameterException').constructor).toBe(Error);
    },
  );
});
