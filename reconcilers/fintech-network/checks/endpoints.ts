import type { SpecFault } from '../../../controller/engine/kind.ts';
import { interfaceNode } from '../endpoints.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** Services that have no endpoint of this name, but others that are probably meant. */
const inParts: Readonly<Record<string, string>> = {
  ecr: 'ecr.api and ecr.dkr',
  cloudwatch: 'monitoring, or logs for CloudWatch Logs',
  'secrets-manager': 'secretsmanager',
  'parameter-store': 'ssm',
};

/** Names of interface endpoints that can be meant, each service once. */
export function checkEndpoints({ endpoints }: FintechNetworkSpec): readonly SpecFault[] {
  return endpoints.interface.flatMap((service, index) => {
    const message = faultOf(service) ?? sameNode(service, endpoints.interface.slice(0, index));
    return message === undefined ? [] : [{ path: ['endpoints', 'interface', index], message }];
  });
}

function faultOf(service: string): string | undefined {
  const short = /^(?:[a-z]+\.)?com\.amazonaws\.(?:[a-z0-9-]+\.)?(.+)$/.exec(service)?.[1];
  if (short !== undefined) return `write ${short}; the region's part of the name is added`;
  // An interface endpoint with private DNS for them needs the gateway endpoint as well, and costs.
  if (service === 's3' || service === 'dynamodb') return `${service} goes under endpoints.gateway`;
  const meant = Object.hasOwn(inParts, service) ? inParts[service] : undefined;
  return meant && `there is no endpoint ${service}; write ${meant}`;
}

/** `ecr-api` beside `ecr.api`: one of them cannot be a service. */
function sameNode(service: string, before: readonly string[]): string | undefined {
  const other = before.find((one) => one !== service && interfaceNode(one) === interfaceNode(service));
  return other && `${service} and ${other} cannot both be services`;
}
