import type { OtherObjects, SpecFault } from '../../controller/engine/kind.ts';
import type { DataLakeSpec, PrefixLifecycle } from './spec.ts';

/** From warm to cold; objects only ever move down (S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle"). */
const waterfall = [
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];

/** Storage classes that objects can enter only after 30 days. */
const notBeforeThirtyDays = new Set(['STANDARD_IA', 'ONEZONE_IA']);

/** What AWS would refuse, or what would do something else than it seems to say. */
export function checkDataLake(spec: DataLakeSpec, others: OtherObjects): readonly SpecFault[] {
  return [
    ...bucketNames(spec, others),
    ...versioningNeeded(spec),
    ...lifecyclePrefixes(spec),
    ...spec.lifecycle.flatMap((rule, index) => transitionsOf(rule, index)),
  ];
}

function bucketNames(spec: DataLakeSpec, others: OtherObjects): readonly SpecFault[] {
  const named = [
    { path: ['bucketName'], name: spec.bucketName },
    { path: ['accessLogs', 'bucketName'], name: spec.accessLogs.bucketName },
    ...(spec.replication === undefined
      ? []
      : [{ path: ['replication', 'bucketName'], name: spec.replication.bucketName }]),
  ];
  return named.flatMap(({ path, name }, index) => {
    if (named.slice(0, index).some((other) => other.name === name)) {
      return [{ path, message: `${name} is used twice: data, access logs and replica need a bucket each` }];
    }
    const other = others.allOf('DataLake').find((lake) => bucketsOf(lake.spec).includes(name));
    if (other === undefined) return [];
    const { namespace = '', name: lake } = other.metadata;
    return [{ path, message: `${name} belongs to DataLake/${namespace}/${lake} already` }];
  });
}

function bucketsOf(spec: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [spec['bucketName'], bucketNameOf(spec['accessLogs']), bucketNameOf(spec['replication'])];
}

function bucketNameOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'bucketName' in part ? part.bucketName : undefined;
}

function versioningNeeded({ versioning, replication, objectLock }: DataLakeSpec): readonly SpecFault[] {
  if (versioning) return [];
  const because = [replication && 'replication', objectLock && 'objectLock'].filter(
    (name) => name !== undefined,
  );
  return because.map((name) => ({ path: ['versioning'], message: `must be true: ${name} needs versions` }));
}

function lifecyclePrefixes({ lifecycle }: DataLakeSpec): readonly SpecFault[] {
  return lifecycle.flatMap(({ prefix }, index) => {
    const other = lifecycle
      .slice(0, index)
      .find((rule) => rule.prefix.startsWith(prefix) || prefix.startsWith(rule.prefix));
    if (other === undefined) return [];
    const message = `${prefix} overlaps ${other.prefix}: two rules for the same objects would compete`;
    return [{ path: ['lifecycle', index, 'prefix'], message }];
  });
}

function transitionsOf(
  { transitions = [], expirationDays }: PrefixLifecycle,
  rule: number,
): readonly SpecFault[] {
  const faults: SpecFault[] = [];
  for (const [index, { days, storageClass }] of transitions.entries()) {
    const path = ['lifecycle', rule, 'transitions', index];
    const before = transitions[index - 1];
    if (notBeforeThirtyDays.has(storageClass) && days < 30) {
      faults.push({
        path: [...path, 'days'],
        message: `${days} is too early: objects enter ${storageClass} after 30 days at the earliest`,
      });
    }
    if (before !== undefined && days <= before.days) {
      faults.push({
        path: [...path, 'days'],
        message: `${days} is not after the ${before.days} days of the transition before`,
      });
    }
    if (before !== undefined && waterfall.indexOf(storageClass) <= waterfall.indexOf(before.storageClass)) {
      faults.push({
        path: [...path, 'storageClass'],
        message: `objects cannot go from ${before.storageClass} to ${storageClass}`,
      });
    }
    if (expirationDays !== undefined && days >= expirationDays) {
      faults.push({
        path: [...path, 'days'],
        message: `${days} is not before the expiration after ${expirationDays} days`,
      });
    }
  }
  return faults;
}
