import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { sidecarsOf } from '../xray-daemon.ts';

/** Containers of one task share its network, so each port has one listener; and each has its own name. */
export function checkSidecars(spec: ApiServiceSpec): readonly SpecFault[] {
  const listeners = new Map([[`${spec.container.port}/tcp`, 'app']]);
  return sidecarsOf(spec).flatMap(({ name, port }, index): readonly SpecFault[] => {
    const path = ['sidecars', index];
    if (name === 'app')
      return [{ path: [...path, 'name'], message: 'app is the container of the service; take another name' }];
    if (port === undefined) return [];
    if (Number.parseInt(port, 10) > 65_535)
      return [{ path: [...path, 'port'], message: `${port}: ports end at 65535` }];
    const listener = listeners.get(port);
    listeners.set(port, name);
    if (listener === undefined) return [];
    // The daemon that tracing adds stands in no manifest.
    if (index === spec.sidecars.length) return [{ path: ['tracing'], message: daemonFault(listener, port) }];
    return [{ path: [...path, 'port'], message: `${port} is the port of ${listener} already` }];
  });
}

function daemonFault(listener: string, port: string): string {
  return `adds xray-daemon on ${port}, which is the port of ${listener}; if that is an X-Ray daemon call it xray-daemon`;
}
