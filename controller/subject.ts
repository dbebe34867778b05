import { appliesImmediately, approveAnnotation, deletionPolicyOf, ignoredOf } from './annotations.ts';
import type { PassRequest } from './engine/engine.ts';
import type { AnyKind } from './engine/kind.ts';
import { placeOf, type EnvironmentSpec } from './environment.ts';
import type { ObjectRecord } from './object.ts';
import type { Objects } from './objects.ts';
import { sleepOf } from './sleep.ts';

/**
 * What a pass is about, the same for a plan that is only shown and for one that is carried out:
 * that is why the plan is the truth. The time is part of it.
 */
export function subjectOf<Cloud>(
  record: ObjectRecord,
  environment: EnvironmentSpec,
  kind: AnyKind<Cloud>,
  cloud: Cloud,
  objects: Objects,
  now: number,
): Omit<PassRequest<Cloud>, 'goal' | 'persist' | 'signal'> {
  const { name, namespace = '', generation, annotations } = record.metadata;
  const approval = annotations[approveAnnotation];
  return {
    object: { kind: record.kind, namespace, name },
    generation,
    ...(record.commit === undefined ? {} : { commit: record.commit }),
    kind,
    spec: record.spec,
    place: placeOf(environment),
    circumstances: {
      isAsleep: sleepOf(kind, environment, now)?.isAsleep === true,
      applyImmediately: appliesImmediately(record),
    },
    cloud,
    deletionPolicy: deletionPolicyOf(record, environment),
    ignore: ignoredOf(record),
    ...(approval === undefined ? {} : { approval }),
    memory: record.memory,
    lookupObject: objects.lookup,
    isObjectReady: (key) => objects.isReady(key),
  };
}
