import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/**
 * The oldest that can still be made:
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const oldestMajor = 11;

/** Fields that only one of the engines has, and what each takes. */
export function checkEngine(spec: LedgerDatabaseSpec): readonly SpecFault[] {
  return [
    ...checkVersion(spec),
    ...(spec.engine === 'postgres' ? onlyOfAurora(spec) : onlyOfInstances(spec)),
    ...checkLogs(spec),
  ];
}

function checkVersion({ engineVersion }: LedgerDatabaseSpec): readonly SpecFault[] {
  if (Number(engineVersion.split('.')[0]) >= oldestMajor) return [];
  return [{ path: ['engineVersion'], message: `AWS makes no databases of PostgreSQL before ${oldestMajor}` }];
}

function onlyOfAurora(spec: LedgerDatabaseSpec): readonly SpecFault[] {
  const given = [
    ['readers', spec.readers > 0],
    ['readerAutoscaling', spec.readerAutoscaling !== undefined],
    ['dataApi', spec.dataApi],
    ['instanceParameters', Object.keys(spec.instanceParameters).length > 0],
  ] as const;
  return given.flatMap(([field, isGiven]) => {
    const instead = field === 'instanceParameters' ? '; write them under parameters' : '';
    return isGiven ? [{ path: [field], message: `only with engine: aurora-postgresql${instead}` }] : [];
  });
}

function onlyOfInstances({ storage, multiAz }: LedgerDatabaseSpec): readonly SpecFault[] {
  return [
    ...(storage === undefined
      ? []
      : [{ path: ['storage'], message: 'only with engine: postgres; Aurora grows its storage by itself' }]),
    ...(multiAz ? [{ path: ['multiAz'], message: 'only with engine: postgres; Aurora has readers' }] : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html and API_CreateDBInstance.html */
const logsOfOthers = { 'aurora-postgresql': 'upgrade', postgres: 'instance' } as const;

function checkLogs({ engine, logExports }: LedgerDatabaseSpec): readonly SpecFault[] {
  return logExports.flatMap((log, index) =>
    log === logsOfOthers[engine]
      ? [{ path: ['logExports', index], message: `${engine} has no log ${log}` }]
      : [],
  );
}
