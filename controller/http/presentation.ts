import type { ObjectRecord } from '../object.ts';

export const sourceAnnotation = 'fintech.global/source';

/** An object as Kubernetes would print it: without what only the engine needs, and with where it comes from. */
export function presented(record: ObjectRecord): Readonly<Record<string, unknown>> {
  const { apiVersion, kind, metadata, spec, status, source } = record;
  const { labels, annotations, ...identity } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      ...identity,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      annotations: { ...annotations, [sourceAnnotation]: `${source.file}:${source.line}` },
    },
    spec,
    status,
  };
}

/** Ordered by namespace and name, as Kubernetes does. */
export function presentedList(
  apiVersion: string,
  kind: string,
  records: readonly ObjectRecord[],
): Readonly<Record<string, unknown>> {
  const ordered = records.toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
  return { apiVersion, kind: `${kind}List`, metadata: {}, items: ordered.map(presented) };
}

function pathOf({ metadata }: ObjectRecord): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
