import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const longestCacheName = 40;

/**
 * Names that the object gets in AWS. Those of RDS and ElastiCache begin with a letter and have no two hyphens in a row:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
export function checkIdentifiers(
  { cache }: LedgerDatabaseSpec,
  { self }: OtherObjects,
): readonly SpecFault[] {
  const { namespace = '', name } = self.metadata;
  const prefix = `${namespace}-${name}`;
  return [
    ...(/^[a-z]/.test(prefix)
      ? []
      : [
          {
            path: [],
            message: `${prefix}-... cannot be the name of a database: it must begin with a letter`,
          },
        ]),
    ...(prefix.includes('--')
      ? [{ path: [], message: `${prefix}-... cannot be the name of a database: it has two hyphens in a row` }]
      : []),
    ...(cache === undefined ? [] : checkCacheName(`${prefix}-cache`)),
  ];
}

function checkCacheName(name: string): readonly SpecFault[] {
  if (name.length <= longestCacheName) return [];
  const message = `the cache would be called ${name}, which has ${name.length} characters; ElastiCache takes ${longestCacheName}, so give the object a shorter name`;
  return [{ path: ['cache'], message }];
}
