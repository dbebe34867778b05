import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { CacheSpec, LedgerDatabaseSpec } from '../spec.ts';
import { secondsFault } from './seconds.ts';

/** Versions with encryption and auth tokens: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const versions = {
  redis: { form: /^(5\.0\.6|6\.[x02]|7\.[01])$/, known: '5.0.6, 6.x, 6.0, 6.2, 7.0 and 7.1' },
  valkey: { form: /^(7\.2|8\.\d|9\.\d)$/, known: '7.2, 8.0 and later' },
} as const;

/** What ElastiCache takes together. */
export function checkCache({ cache }: LedgerDatabaseSpec): readonly SpecFault[] {
  if (cache === undefined) return [];
  const faults = [
    ['engineVersion', versionFault(cache)],
    ['nodeType', nodeTypeFault(cache)],
  ] as const;
  return [
    ...faults.flatMap(([field, message]) => (message === undefined ? [] : [at(message, field)])),
    ...secondsFault(['cache', 'authTokenOverlap'], cache.authTokenOverlap),
    ...clusterMode(cache),
  ];
}

function at(message: string, ...path: readonly string[]): SpecFault {
  return { path: ['cache', ...path], message };
}

function versionFault({ engine, engineVersion }: CacheSpec): string | undefined {
  const { form, known } = versions[engine];
  return form.test(engineVersion) ? undefined : `there is no ${engine} ${engineVersion}; there are ${known}`;
}

function nodeTypeFault({ nodeType }: CacheSpec): string | undefined {
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html#at-rest-encryption-constraints
  if (/^cache\.(t1|m[1-3]|c1|r3)\./.test(nodeType))
    return `${nodeType} cannot be encrypted; take a later generation`;
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
  if (nodeType.startsWith('cache.r6gd.'))
    return `${nodeType} keeps data on disks too, which is not offered here; take cache.r6g or cache.r7g`;
  return undefined;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
function clusterMode({ parameters }: CacheSpec): readonly SpecFault[] {
  const value = parameters['cluster-enabled'];
  if (value === undefined || value === 'no') return [];
  return [at('must be no: a cache here has one primary', 'parameters', 'cluster-enabled')];
}
