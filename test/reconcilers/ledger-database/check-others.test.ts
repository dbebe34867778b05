import { describe, expect, test } from 'vitest';
import { edited, environment, network, problemsAfter, problemsOf, type Edits } from './checked.ts';

/** Another LedgerDatabase of the namespace, whose secrets are its own. */
function second(edits: Edits = {}): string {
  return edited({
    'name: ledger': 'name: second',
    'fintech/db': 'second/db',
    'fintech/token': 'second/token',
    ...edits,
  });
}

function named(name: string): Edits {
  return { 'name: ledger': `name: ${name}` };
}

function restored(restoreFrom: string): Edits {
  return { '  tables:': `  restoreFrom: ${restoreFrom}\n  tables:` };
}

function moved(text: string, namespace: string): string {
  return text.replaceAll('staging', namespace);
}

describe('Secrets', () => {
  test('belong to one LedgerDatabase of the namespace', () => {
    expect(problemsAfter({}, { 'second.yaml': second().replace('second/db', 'fintech/token') })).toEqual([
      'cache.authSecretName: fintech/token belongs to LedgerDatabase/staging/second already',
    ]);
  });

  test.each([
    ['belong to one LedgerDatabase of an account and region', 'eu-central-1', 1],
    ['of two regions may have the same name', 'eu-west-1', 0],
  ])('%s', (_, region, count) => {
    const others = {
      'other-environment.yaml': moved(environment, 'other').replace('eu-central-1', region),
      'other-network.yaml': moved(network, 'other').replaceAll('eu-central-1', region),
      'other.yaml': moved(second().replace('second/db', 'fintech/db'), 'other'),
    };
    expect(problemsAfter({}, others)).toEqual(
      Array.from(
        { length: count },
        () => 'credentials.secretName: fintech/db belongs to LedgerDatabase/other/second already',
      ),
    );
  });
});

function withDatabasePort(port: number): readonly string[] {
  return problemsOf({
    'environment.yaml': environment,
    'network.yaml': network.replace('spec:\n', `spec:\n  ports: {database: ${port}}\n`),
    'ledger.yaml': edited({}),
  });
}

test('A network whose port for databases RDS would not take is refused', () => {
  expect(withDatabasePort(1149)).toEqual([
    expect.stringMatching(
      /spec.networkRef.name: core has ports.database: 1149; databases take 1150 to 65535$/,
    ),
  ]);
  expect(withDatabasePort(1150)).toEqual([]);
});

describe('Names in AWS', () => {
  test('a cache whose name ElastiCache would not take is refused', () => {
    expect(problemsAfter(named('l'.repeat(27)))).toEqual([
      `cache: the cache would be called staging-${'l'.repeat(27)}-cache, which has 41 characters; ElastiCache takes 40, so give the object a shorter name`,
    ]);
    expect(problemsAfter(named('l'.repeat(26)))).toEqual([]);
  });

  test('a name with two hyphens in a row is refused', () => {
    expect(problemsAfter(named('my--ledger'))).toEqual([
      'spec: staging-my--ledger-... cannot be the name of a database: it has two hyphens in a row',
    ]);
  });

  test('a namespace that begins with a digit is refused', () => {
    const problems = problemsOf({
      'environment.yaml': moved(environment, '1st'),
      'network.yaml': moved(network, '1st'),
      'ledger.yaml': moved(edited({}), '1st'),
    });
    expect(problems).toEqual([
      'ledger.yaml:5:3: LedgerDatabase/1st/ledger: spec: 1st-ledger-... cannot be the name of a database: it must begin with a letter',
    ]);
  });
});

describe('Restored can be', () => {
  const others = { 'second.yaml': second() };

  test.each([
    ['a database at a time', '{database: second, time: "2026-01-31T12:00:00Z"}'],
    ['a database with its tables', '{database: second, tables: [transactions]}'],
    ['a snapshot', '{snapshot: before-the-migration}'],
  ])('%s', (_, restoreFrom) => {
    expect(problemsAfter(restored(restoreFrom), others)).toEqual([]);
  });

  test.each([
    [
      'two things at once',
      '{database: second, snapshot: before}',
      ['restoreFrom: exactly one of database and snapshot must be given, found database and snapshot'],
    ],
    [
      'a snapshot at another time, or with tables',
      '{snapshot: before, time: "2026-01-31T12:00:00Z", tables: [transactions]}',
      [
        'restoreFrom.tables: only with restoreFrom.database',
        'restoreFrom.time: only with restoreFrom.database',
      ],
    ],
    [
      'the object itself',
      '{database: ledger}',
      ['restoreFrom.database: ledger is this object; a database is restored into a new one'],
    ],
    [
      'a database that is not there',
      '{database: third}',
      [
        'restoreFrom.database: there is no LedgerDatabase third in this namespace; remove restoreFrom if it has done its work',
      ],
    ],
    [
      'the future',
      '{database: second, time: "2999-01-31T12:00:00Z"}',
      ['restoreFrom.time: 2999-01-31T12:00:00Z is still to come: only the past can be restored'],
    ],
    [
      'a table that the new object does not have',
      '{database: second, tables: [sessions]}',
      ['restoreFrom.tables[0]: there is no table sessions under tables'],
    ],
  ])('but not %s', (_, restoreFrom, problems) => {
    expect(problemsAfter(restored(restoreFrom), others)).toEqual(problems);
  });

  test.each<readonly [string, Edits, readonly string[]]>([
    [
      'with another name and user',
      { 'databaseName: fintech': 'databaseName: books', fintechadmin: 'bookkeeper' },
      [
        'restoreFrom.database: second has credentials.username: bookkeeper; write the same here',
        'restoreFrom.database: second has databaseName: books; write the same here',
      ],
    ],
    [
      'without the table',
      { 'name: transactions': 'name: bookings' },
      ['restoreFrom.tables[0]: second has no table transactions'],
    ],
    [
      'whose table has other keys',
      { 'partitionKey: {name: transactionId': 'partitionKey: {name: bookingId' },
      ['restoreFrom.tables[0]: transactions of second has other keys; write the same here'],
    ],
    [
      'whose table is not recorded',
      { 'timeToLive: expiresAt': 'pointInTimeRecovery: false' },
      ['restoreFrom.tables[0]: transactions of second cannot be restored: it has pointInTimeRecovery: false'],
    ],
  ])('but not a database %s', (_, edits, problems) => {
    const from = restored('{database: second, tables: [transactions]}');
    expect(problemsAfter(from, { 'second.yaml': second(edits) })).toEqual(problems);
  });
});

describe('Of a cache is refused', () => {
  test.each<readonly [string, Edits, readonly string[]]>([
    [
      'a version of Redis that only Valkey has',
      { '"7.0"': '"8.0"' },
      ['cache.engineVersion: there is no redis 8.0; there are 5.0.6, 6.x, 6.0, 6.2, 7.0 and 7.1'],
    ],
    [
      'a version of Valkey that only Redis has',
      { 'engine: redis': 'engine: valkey' },
      ['cache.engineVersion: there is no valkey 7.0; there are 7.2, 8.0 and later'],
    ],
    [
      'a node that cannot be encrypted',
      { 'cache.r6g.large': 'cache.m3.large' },
      ['cache.nodeType: cache.m3.large cannot be encrypted; take a later generation'],
    ],
    [
      'a node with data tiering',
      { 'cache.r6g.large': 'cache.r6gd.xlarge' },
      [
        'cache.nodeType: cache.r6gd.xlarge keeps data on disks too, which is not offered here; take cache.r6g or cache.r7g',
      ],
    ],
    [
      'an overlap of tokens that is too exact',
      { 'snapshotRetentionDays: 7': 'authTokenOverlap: 1.5s' },
      ['cache.authTokenOverlap: 1.5s is not a whole number of seconds'],
    ],
    [
      'cluster mode',
      { 'snapshotRetentionDays: 7': 'parameters: {cluster-enabled: "yes"}' },
      ['cache.parameters.cluster-enabled: must be no: a cache here has one primary'],
    ],
  ])('%s', (_, edits, problems) => {
    expect(problemsAfter(edits)).toEqual(problems);
  });
});
