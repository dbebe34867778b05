import { deepFreeze } from './json.ts';
import { environmentKey } from '../object.ts';
import type { ManifestObject, ManifestReading } from './manifest.ts';

/**
 * The set in force after a new reading: what is valid in it, and of what is not, the last version that was. An object
 * is gone only if its manifest is, beyond doubt. Pure; `previous` is the set in force before.
 */
export function lastGood(previous: ManifestReading | undefined, reading: ManifestReading): ManifestReading {
  const before = previous?.objects ?? new Map<string, ManifestObject>();
  const objects = new Map<string, ManifestObject>(reading.objects);
  const doubtful = new DoubtfulFiles(reading.broken, before);
  for (const [key, object] of before) {
    const kept = !reading.readable || reading.invalid.has(key) || doubtful.mayHold(object);
    if (kept && !objects.has(key)) objects.set(key, stale(object));
  }
  const homeless = settleNamespaces(objects, before);
  return { ...reading, objects, invalid: new Set([...reading.invalid, ...homeless]) };
}

/**
 * Whether a manifest that cannot be understood may define this object. What is in AWS for an object that is not in
 * the set in force must not be taken for left behind while this is so: after a restart there is no last good version.
 */
export function mayBeDefined(set: ManifestReading, key: string): boolean {
  return !set.readable || set.objects.has(key) || set.invalid.has(key) || set.broken.size > 0;
}

class DoubtfulFiles {
  readonly #broken: readonly string[];
  readonly #newcomer: boolean;

  constructor(broken: ReadonlySet<string>, before: ReadonlyMap<string, ManifestObject>) {
    this.#broken = [...broken];
    const sources = [...before.values()].map(({ source }) => source.file);
    this.#newcomer = this.#broken.some((file) => !sources.some((source) => isWithin(source, file)));
  }

  /** What a broken file held before it may hold still; one that held nothing may be where anything has moved to. */
  mayHold({ source }: ManifestObject): boolean {
    return this.#newcomer || this.#broken.some((file) => isWithin(source.file, file));
  }
}

/**
 * An Environment stays for as long as an object in its namespace does, and an object without one cannot be acted on.
 * Returns the keys of those that had to be left out.
 */
function settleNamespaces(
  objects: Map<string, ManifestObject>,
  before: ReadonlyMap<string, ManifestObject>,
): readonly string[] {
  const homeless: string[] = [];
  for (const [key, { metadata }] of objects) {
    if (metadata.namespace === undefined) continue;
    const environment = environmentKey(metadata.namespace);
    if (objects.has(environment)) continue;
    const earlier = before.get(environment);
    if (earlier !== undefined) {
      objects.set(environment, stale(earlier));
    } else {
      objects.delete(key);
      homeless.push(key);
    }
  }
  return homeless;
}

function stale(object: ManifestObject): ManifestObject {
  return deepFreeze({ ...object, stale: true });
}

/** A broken file may be a link to a directory, and then stands for everything below. */
function isWithin(file: string, broken: string): boolean {
  return file === broken || file.startsWith(`${broken}/`);
}
