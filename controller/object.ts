import type { Memory } from './engine/memory.ts';

/** Everything known of one object: what `kubectl get -o yaml` shows, and what the engine remembers. */
export type ObjectRecord = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The spec that was last applied to its end: it stays enforced while a newer one is refused. */
  readonly applied?: Readonly<Record<string, unknown>>;
  readonly status: ObjectStatus;
  /** Where the manifest is, relative to the manifests directory. */
  readonly source: { readonly file: string; readonly line: number };
  /** The commit that the spec was read from, where the directory is a git checkout. */
  readonly commit?: string;
  readonly memory: Memory;
  /** Newest last, at most {@link maximumEvents}. */
  readonly events: readonly ObjectEvent[];
};

export type ObjectMetadata = {
  readonly name: string;
  /** Absent for an Environment. */
  readonly namespace?: string;
  /** The same for the same kind, namespace and name, also when the state was lost. */
  readonly uid: string;
  /** Grows with every change of the spec. */
  readonly generation: number;
  /** RFC 3339, as all times in metadata and status. */
  readonly creationTimestamp: string;
  /** Set when the manifest has disappeared and the object is going. */
  readonly deletionTimestamp?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};

export type ObjectStatus = {
  readonly observedGeneration?: number;
  readonly observedCommit?: string;
  readonly lastObservedTime?: string;
  readonly conditions: readonly Condition[];
  readonly resources: readonly ResourceStatus[];
  /** What the kind reports: ids, ARNs, endpoints. */
  readonly [output: string]: unknown;
};

export type ResourceStatus = {
  readonly node: string;
  readonly type: string;
  readonly id: string;
  readonly state: string;
};

export type ConditionStatus = 'True' | 'False' | 'Unknown';

export type Condition = {
  readonly type: string;
  readonly status: ConditionStatus;
  /** From a closed list, CamelCase. */
  readonly reason: string;
  /** For people: what is the case, and what to do. */
  readonly message: string;
  readonly observedGeneration: number;
  /** Moves only when `status` changes. */
  readonly lastTransitionTime: string;
};

export type ObjectEvent = {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstTimestamp: string;
  readonly lastTimestamp: string;
};

export const maximumEvents = 50;

/** `Kind/namespace/name`, or `Kind/name` for what has no namespace: the key of an object everywhere. */
export function objectKey(kind: string, namespace: string | undefined, name: string): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** The key of the Environment that a namespace belongs to. */
export function environmentKey(namespace: string): string {
  return objectKey('Environment', undefined, namespace);
}

export function keyOf(object: {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}): string {
  return objectKey(object.kind, object.metadata.namespace, object.metadata.name);
}
