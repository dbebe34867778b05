import { AlertWatcher } from '../alert-watcher.ts';
import type { Daemon, Watcher } from '../daemon.ts';
import { messageOf } from '../engine/errors.ts';
import { LogWatcher } from '../log-watcher.ts';
import { createLog, type Log } from '../log.ts';
import { alertReasons, MetricsWatcher } from '../metrics-watcher.ts';
import { Metrics } from '../metrics/metrics.ts';
import { Objects } from '../objects.ts';
import { systemClock } from '../time.ts';
import { assembleDaemon } from './assembly.ts';
import { followManifests, type ManifestSource } from './follow.ts';
import { readToken } from '../http/access.ts';
import { workersCheck } from '../http/health.ts';
import { startServer, type RunningServer } from '../http/server.ts';
import type { Queue } from '../queue.ts';
import type { StateStore } from '../state/store.ts';
import type { StateLocation } from './options.ts';
import { exitCodes } from './output.ts';
import type { Environment } from './program.ts';
import { inForce } from './workspace.ts';

export type RunOptions = ManifestSource & {
  readonly listen: string;
  readonly state: StateLocation;
  readonly workers: number;
};

/** How long a stop waits for calls that run, in milliseconds: ECS kills a task 30 s after it was asked to stop. */
const longestStop = 30_000;

/** A reconcile never waits for AWS to finish something: one that takes so many milliseconds hangs. */
const longestReconcile = 15 * 60_000;

/** The daemon, until a signal stops it or its state cannot be written any more. */
export async function run<Cloud extends object>(
  options: RunOptions,
  environment: Environment<Cloud>,
): Promise<number> {
  const log = createLog();
  const store = await environment.openState(options.state, (details, message) => log.warn(details, message));
  try {
    return await runOn(store, options, environment, log);
  } finally {
    // Its lock is renewed by a timer, which would keep a process alive that could not even start.
    await store.close();
  }
}

async function runOn<Cloud extends object>(
  store: StateStore,
  options: RunOptions,
  environment: Environment<Cloud>,
  log: Log,
): Promise<number> {
  const { product, rules, version } = environment;
  const objects = new Objects(store, await store.load());
  const end = new End(log);
  const metrics = new Metrics({
    kinds: ['Environment', ...product.kinds.keys()],
    clock: systemClock,
    objects: () => objects.all.values(),
    running: () => queue.running,
    version,
    workers: options.workers,
    alertReasons,
  });
  const logWatcher = new LogWatcher(log);
  environment.listen((call) => {
    metrics.aws.called(call);
    metrics.aws.limited(call.service, call.rateLimit ?? Infinity);
    logWatcher.call(call);
  });
  const watchers = [logWatcher, new MetricsWatcher(metrics), end, ...alertWatchers(log, end.signal)];
  const { daemon, queue } = assembleDaemon(objects, product, watchers, metrics.workqueue);
  const server = await serve(options.listen, { environment, objects, metrics, daemon, queue, end, log });
  log.info({ url: server.url, state: options.state, manifests: options.manifests, version }, 'started');
  // Nothing is reconciled before the manifests have been read for the first time.
  const following = followManifests(options, rules, log, end.signal, async (reading, commit) => {
    await daemon.apply(inForce(objects.all.values(), reading), commit);
    daemon.start(options.workers);
  });
  const code = await Promise.race([end.code, following.then(() => end.code)]).catch((error: unknown) => {
    log.fatal({ error: messageOf(error) }, 'the manifests cannot be followed');
    return exitCodes.failed;
  });
  end.abort();
  await atMost(longestStop, daemon.stop());
  await server.close();
  log.info('stopped');
  return code;
}

type Served<Cloud extends object> = {
  readonly environment: Environment<Cloud>;
  readonly objects: Objects;
  readonly metrics: Metrics;
  readonly daemon: Daemon<Cloud>;
  readonly queue: Queue;
  readonly end: End;
  readonly log: Log;
};

async function serve<Cloud extends object>(listen: string, served: Served<Cloud>): Promise<RunningServer> {
  const { environment, objects, metrics, daemon, queue, end, log } = served;
  const resources = [...environment.rules.schemas.values()].map(({ kind, plural, scope }) => ({
    kind,
    plural,
    namespaced: scope === 'Namespaced',
  }));
  const hasRead = { name: 'manifests', failure: () => (end.hasRead ? undefined : 'not read yet') };
  return startServer({
    listen,
    token: await readToken(),
    health: { live: [workersCheck(() => queue.running, systemClock, longestReconcile)], ready: [hasRead] },
    metrics,
    objects: {
      resources,
      objects: () => objects.all.values(),
      requestReconcile: (key) => void daemon.request(key),
    },
    log,
  });
}

/** Waits no longer than so many milliseconds, and leaves no timer behind that keeps the process alive. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const timeout = systemClock.sleep(milliseconds, done.signal).catch(() => undefined);
  await Promise.race([work, timeout]);
  done.abort();
}

/** The address is a secret to some webhooks, so it is no option that `ps` shows. */
function alertWatchers(log: Log, signal: AbortSignal): readonly Watcher[] {
  const url = process.env['FINTECH_ALERT_WEBHOOK'];
  return url === undefined || url === '' ? [] : [new AlertWatcher(url, log, systemClock, signal)];
}

/** Why the daemon ends: a signal, or a state that somebody else writes. */
class End implements Watcher {
  readonly code: Promise<number>;
  hasRead = false;
  private readonly log: Log;
  private readonly controller = new AbortController();
  private readonly resolve: (code: number) => void;

  constructor(log: Log) {
    this.log = log;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.code = promise;
    this.resolve = resolve;
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => this.signalled(name));
  }

  /** Aborted when no further manifest is to be read. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(): void {
    this.controller.abort();
  }

  synced(): void {
    this.hasRead = true;
  }

  failed(): void {
    this.resolve(exitCodes.failed);
  }

  private signalled(name: 'SIGINT' | 'SIGTERM'): void {
    this.log.info({ signal: name }, 'stopping: calls that run are finished, none is started');
    // Who asks twice does not want to wait.
    process.once(name, () => process.exit(exitCodes.failed));
    this.resolve(exitCodes.ok);
  }
}
