import { lastGood } from '../manifests/last-good.ts';
import type { ManifestObject, ManifestReading } from '../manifests/manifest.ts';
import { formatProblem } from '../manifests/problem.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import type { Output } from './output.ts';

/** The manifests that were in force when the state was written, so that a file broken since hides nothing. */
export function readingOf(records: Iterable<ObjectRecord>): ManifestReading {
  const alive = [...records].filter((record) => record.metadata.deletionTimestamp === undefined);
  const objects = new Map(alive.map((record) => [keyOf(record), manifestOf(record)]));
  return { readable: true, objects, problems: [], invalid: new Set(), broken: new Set() };
}

/** What is in force after a reading, given what the state remembers. */
export function inForce(records: Iterable<ObjectRecord>, reading: ManifestReading): ManifestReading {
  return lastGood(readingOf(records), reading);
}

export function printProblems(reading: ManifestReading, directory: string, output: Output): void {
  for (const problem of reading.problems) output.err(formatProblem(problem, directory));
}

function manifestOf({ apiVersion, kind, metadata, spec, source }: ObjectRecord): ManifestObject {
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels, annotations },
    spec,
    source,
  };
}
