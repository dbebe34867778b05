import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../engine/clock.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import { parseRfc3339 } from '../time.ts';
import { labelsOf, objectLabels } from './object-labels.ts';

export type ObjectSources = {
  readonly kinds: readonly string[];
  readonly clock: Clock;
  objects(): Iterable<ObjectRecord>;
};

/** Series about each object, made from the records when they are asked for: what is gone leaves none behind. */
export function addObjectMetrics(registry: Registry, sources: ObjectSources): void {
  for (const gauge of [
    countGauge(sources),
    conditionGauge(sources),
    observationGauge(
      sources,
      'fintech_object_last_observed_timestamp_seconds',
      'When AWS was last compared with an object',
      (observed) => observed / 1_000,
    ),
    observationGauge(
      sources,
      'fintech_object_observation_age_seconds',
      'How long ago AWS was last compared with an object',
      (observed) => Math.max(0, sources.clock.now() - observed) / 1_000,
    ),
  ])
    registry.registerMetric(gauge);
}

function countGauge(sources: ObjectSources): Gauge {
  return new Gauge({
    name: 'fintech_objects',
    help: 'Objects that there are',
    labelNames: ['kind'],
    registers: [],
    collect() {
      this.reset();
      for (const kind of sources.kinds) this.set({ kind }, 0);
      for (const { kind } of sources.objects()) this.inc({ kind });
    },
  });
}

function conditionGauge(sources: ObjectSources): Gauge {
  return new Gauge({
    name: 'fintech_object_condition',
    help: 'Conditions of objects: 1 for the status that holds, 0 for the others',
    labelNames: [...objectLabels, 'type', 'status'],
    registers: [],
    collect() {
      this.reset();
      for (const object of sources.objects())
        for (const { type, status } of object.status.conditions)
          for (const each of ['True', 'False', 'Unknown'])
            this.set({ ...labelsOf(keyOf(object)), type, status: each }, each === status ? 1 : 0);
    },
  });
}

/** Objects that were never compared have no series. */
function observationGauge(
  sources: ObjectSources,
  name: string,
  help: string,
  valueOf: (observed: number) => number,
): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: objectLabels,
    registers: [],
    collect() {
      this.reset();
      for (const object of sources.objects()) {
        const observed = parseRfc3339(object.status.lastObservedTime ?? '');
        if (observed !== undefined) this.set(labelsOf(keyOf(object)), valueOf(observed));
      }
    },
  });
}
