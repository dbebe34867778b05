import type { HealthChecks } from '../../../controller/http/health.ts';
import type { Resource } from '../../../controller/http/objects.ts';
import type { ServerOptions } from '../../../controller/http/server.ts';
import { sampleRecord } from '../state/samples.ts';

const resources: readonly Resource[] = [
  { kind: 'Environment', plural: 'environments', namespaced: false },
  { kind: 'FintechNetwork', plural: 'fintechnetworks', namespaced: true },
];

/** A server over three objects that notes what it is asked to reconcile, and what it logs. */
export function setUp(options: Partial<ServerOptions> = {}): {
  readonly options: ServerOptions;
  readonly requested: string[];
  readonly logged: unknown[];
} {
  const requested: string[] = [];
  const logged: unknown[] = [];
  const records = [
    sampleRecord('edge', 'staging'),
    sampleRecord(),
    sampleRecord('production', null, 'Environment'),
  ];
  const health: HealthChecks = { live: [], ready: [] };
  return {
    requested,
    logged,
    options: {
      listen: '127.0.0.1:8080',
      health,
      metrics: { contentType: 'text/plain; version=0.0.4', text: () => Promise.resolve('up 1\n') },
      objects: {
        resources,
        objects: () => records,
        requestReconcile: (key) => requested.push(key),
      },
      log: { error: (...line: unknown[]) => logged.push(line) },
      ...options,
    },
  };
}
