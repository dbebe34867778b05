import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import type { ApiServiceSpec } from '../spec.ts';

/** The network that the service is in, and the database that it uses. */
export function checkReferences(spec: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  return [...checkNetwork(spec, others), ...checkDatabase(spec, others)];
}

function checkNetwork(
  { networkRef: { name }, container, ingress }: ApiServiceSpec,
  { isDefined, find }: OtherObjects,
): readonly SpecFault[] {
  if (!isDefined('FintechNetwork', name))
    return [
      { path: ['networkRef', 'name'], message: `there is no FintechNetwork ${name} in this namespace` },
    ];
  const ports = find('FintechNetwork', name)?.spec['ports'];
  // A worker need not be reached.
  if (ingress === undefined || !isFields(ports)) return [];
  const message = portFault(container.port, ports, `FintechNetwork ${name}`);
  return message === undefined ? [] : [{ path: ['container', 'port'], message }];
}

/** While a service moves from one port to another the network lets both through. */
function portFault(port: number, { app, appNext }: Fields, network: string): string | undefined {
  if (typeof app !== 'number' || port === app || port === appNext) return undefined;
  if (typeof appNext !== 'number')
    return `must be ${app}, which is ports.app of ${network}: its security groups let nothing else through; to move to ${port} set ports.appNext to it first`;
  return `must be ${app} or ${appNext}, which are ports.app and ports.appNext of ${network}: its security groups let nothing else through`;
}

function checkDatabase(
  { databaseRef }: ApiServiceSpec,
  { isDefined, find }: OtherObjects,
): readonly SpecFault[] {
  if (databaseRef === undefined) return [];
  const { name, cache } = databaseRef;
  if (!isDefined('LedgerDatabase', name))
    return [
      { path: ['databaseRef', 'name'], message: `there is no LedgerDatabase ${name} in this namespace` },
    ];
  const database = find('LedgerDatabase', name);
  if (!cache || database === undefined || database.spec['cache'] !== undefined) return [];
  return [
    {
      path: ['databaseRef'],
      message: `LedgerDatabase ${name} has no cache; write {name: ${name}, cache: false}`,
    },
  ];
}
