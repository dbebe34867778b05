import { parseDuration } from './engine/duration.ts';
import type { Place } from './engine/graph.ts';
import type { ObjectRecord } from './object.ts';
import type { OfficeHours } from './office-hours.ts';

export type Mode = 'Enforce' | 'Observe' | 'Paused';
export type DeletionPolicy = 'Retain' | 'Delete';

/** The account, region and role in which the objects of an Environment live. */
export type AwsTarget = {
  readonly accountId: string;
  readonly region: string;
  readonly assumeRole?: { readonly roleArn: string; readonly externalId?: string };
};

/** The spec of an Environment: where its objects live and how they are treated. */
export type EnvironmentSpec = {
  readonly aws: AwsTarget;
  readonly tags: Readonly<Record<string, string>>;
  /** Without them everything runs always. */
  readonly officeHours?: OfficeHours;
  readonly reconcile: { readonly mode: Mode; readonly interval: string };
  readonly deletion: { readonly policy: DeletionPolicy; readonly maxObjectsPerSync: number };
};

/** Undefined where the record is no Environment whose manifest passed its schema. */
export function environmentSpecOf(record: ObjectRecord | undefined): EnvironmentSpec | undefined {
  return record !== undefined && record.kind === 'Environment' && isEnvironmentSpec(record.spec)
    ? record.spec
    : undefined;
}

export function placeOf({ aws, tags }: EnvironmentSpec): Place {
  return { account: aws.accountId, region: aws.region, tags };
}

/** Milliseconds between passes over an object of this Environment that is Ready. */
export function resyncInterval({ reconcile }: EnvironmentSpec): number {
  return parseDuration(reconcile.interval);
}

/** The schema has checked the values; this only tells the compiler so. */
function isEnvironmentSpec(spec: object): spec is EnvironmentSpec {
  return 'aws' in spec && 'tags' in spec && 'reconcile' in spec && 'deletion' in spec;
}
