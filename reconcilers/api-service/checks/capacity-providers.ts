import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
export function checkCapacityProviders({ capacityProviders }: ApiServiceSpec): readonly SpecFault[] {
  const shares = Object.entries(capacityProviders);
  if (!shares.some(([, { weight }]) => weight > 0)) {
    const message = 'none has a weight, so no task would run; give FARGATE or FARGATE_SPOT weight: 1';
    return [{ path: ['capacityProviders'], message }];
  }
  const withBase = shares.filter(([, { base }]) => base > 0);
  if (withBase.length > 1) {
    const message = 'only one of FARGATE and FARGATE_SPOT can have a base';
    return [{ path: ['capacityProviders'], message }];
  }
  return withBase.flatMap(([provider, { weight }]) => {
    if (weight > 0) return [];
    const message = 'a base needs a weight: ECS places no task where it is 0';
    return [{ path: ['capacityProviders', provider, 'base'], message }];
  });
}
