import { parseDuration } from '../../../controller/engine/duration.ts';
import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec, ContainerHealthCheckSpec, HealthCheckSpec } from '../spec.ts';
import { durationFault } from './duration.ts';

/** That of the load balancer, and that in the container. */
export function checkHealthChecks({ healthCheck, container }: ApiServiceSpec): readonly SpecFault[] {
  return [
    ...ofLoadBalancer(healthCheck),
    ...(container.healthCheck === undefined ? [] : ofContainer(container.healthCheck)),
  ];
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html and, for the time of
 * grace, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
function ofLoadBalancer({
  interval,
  timeout,
  gracePeriod,
  successCodes,
}: HealthCheckSpec): readonly SpecFault[] {
  const faults = [
    ...durationFault(['healthCheck', 'interval'], interval, [5, 300]),
    ...durationFault(['healthCheck', 'timeout'], timeout, [2, 120]),
    ...durationFault(['healthCheck', 'gracePeriod'], gracePeriod, [0, 2_147_483_647]),
    ...rangeFaults(successCodes),
  ];
  if (parseDuration(timeout) < parseDuration(interval)) return faults;
  const message = `${timeout} is not less than interval, which is ${interval}`;
  return [...faults, { path: ['healthCheck', 'timeout'], message }];
}

function rangeFaults(codes: string): readonly SpecFault[] {
  return codes.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split('-');
    if (first <= last) return [];
    return [{ path: ['healthCheck', 'successCodes'], message: `${part} ends before it begins` }];
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function ofContainer({
  command,
  interval,
  timeout,
  startPeriod,
}: ContainerHealthCheckSpec): readonly SpecFault[] {
  const path = ['container', 'healthCheck'];
  const message = commandFault(command);
  return [
    ...(message === undefined ? [] : [{ path: [...path, 'command'], message }]),
    ...durationFault([...path, 'interval'], interval, [5, 300]),
    ...durationFault([...path, 'timeout'], timeout, [2, 60]),
    ...durationFault([...path, 'startPeriod'], startPeriod, [0, 300]),
  ];
}

function commandFault([form, ...words]: readonly string[]): string | undefined {
  if (form === 'CMD') return undefined;
  if (form !== 'CMD-SHELL') return 'must begin with CMD, or with CMD-SHELL and one line for a shell';
  if (words.length === 1) return undefined;
  return 'CMD-SHELL takes one line for a shell; for words by themselves write CMD';
}
