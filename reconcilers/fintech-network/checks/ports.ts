import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** Rules tell app, database and cache apart by their ports. */
export function checkPorts({ ports }: FintechNetworkSpec): readonly SpecFault[] {
  const named = [
    ['app', ports.app],
    ['database', ports.database],
    ['cache', ports.cache],
    ['appNext', ports.appNext],
  ] as const;
  return named.flatMap(([name, port], index) => {
    const other = named.slice(0, index).find(([, taken]) => taken === port);
    return port === undefined || other === undefined
      ? []
      : [{ path: ['ports', name], message: `${port} is the port of ${other[0]} already` }];
  });
}
