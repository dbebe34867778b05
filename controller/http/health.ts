import type { FastifyInstance } from 'fastify';
import type { Clock } from '../engine/clock.ts';
import { formatDuration } from '../engine/duration.ts';

export type HealthCheck = {
  readonly name: string;
  /** What is wrong, undefined when nothing is. */
  failure(): string | undefined;
};

export type HealthChecks = {
  /** A failure that only a restart can mend. That the event loop runs needs no check: otherwise nobody answers. */
  readonly live: readonly HealthCheck[];
  /** A failure that time mends: the state is not loaded, the manifests have not been read. */
  readonly ready: readonly HealthCheck[];
};

/** `ok`, or 503 and one line for each check that fails. */
export function addHealthRoutes(server: FastifyInstance, checks: HealthChecks): void {
  const routes = [
    ['/healthz', checks.live],
    ['/livez', checks.live],
    ['/readyz', [...checks.live, ...checks.ready]],
  ] as const;
  for (const [url, asked] of routes) {
    server.get(url, (_request, reply) => {
      const failures = asked.flatMap((check) => {
        const message = check.failure();
        return message === undefined ? [] : [`${check.name}: ${message}`];
      });
      return reply
        .code(failures.length === 0 ? 200 : 503)
        .type('text/plain; charset=utf-8')
        .header('Cache-Control', 'no-store')
        .send(failures.length === 0 ? 'ok' : `${failures.join('\n')}\n`);
    });
  }
}

/** Fails when a worker has been on one object for so long that it will not come back. */
export function workersCheck(
  running: () => ReadonlyMap<string, number>,
  clock: Clock,
  limit: number,
): HealthCheck {
  return {
    name: 'workers',
    failure() {
      for (const [key, since] of running()) {
        const worked = clock.now() - since;
        if (worked > limit) return `${key} has been worked on for ${formatDuration(worked)}`;
      }
      return undefined;
    },
  };
}
