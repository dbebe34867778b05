import { Backoff } from '../backoff.ts';
import { Connections } from '../connections.ts';
import { Daemon, type Watcher } from '../daemon.ts';
import { Engine } from '../engine/engine.ts';
import { SharedLists } from '../engine/shared-lists.ts';
import type { Objects } from '../objects.ts';
import type { Product } from '../product.ts';
import { Queue, type QueueObserver } from '../queue.ts';
import { Reconciler } from '../reconciler.ts';
import { systemClock } from '../time.ts';

export type Assembly<Cloud extends object> = {
  readonly daemon: Daemon<Cloud>;
  readonly queue: Queue;
};

/** Puts the parts of a daemon together; `run` and `once` differ only in what they do around it. */
export function assembleDaemon<Cloud extends object>(
  objects: Objects,
  product: Product<Cloud>,
  watchers: readonly Watcher[],
  queueObserver?: QueueObserver,
): Assembly<Cloud> {
  const clock = systemClock;
  const stopping = new AbortController();
  const queue = new Queue(clock, queueObserver);
  const reconciler = new Reconciler({
    product,
    connections: new Connections(product),
    objects,
    engine: new Engine<Cloud>(new SharedLists(), clock),
    clock,
    signal: stopping.signal,
    onDrift: (record, drift) => watchers.forEach((watcher) => watcher.drifted?.(record, drift)),
  });
  const daemon = new Daemon({
    objects,
    reconciler,
    queue,
    backoff: new Backoff(),
    clock,
    watchers,
    stopping,
  });
  return { daemon, queue };
}
