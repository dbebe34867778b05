import { expect, test } from 'vitest';
import { instance, problemsAfter, type Edits } from './checked.ts';

const inAWeek = new Date(Date.now() + 7 * 24 * 60 * 60_000).toISOString();

test.each<readonly [string, Edits, readonly string[]]>([
  [
    'what only Aurora has, of one instance',
    { 'engine: aurora-postgresql': 'engine: postgres' },
    [
      'dataApi: only with engine: aurora-postgresql',
      'engine: postgres needs storage, like storage: {allocatedGiB: 20}',
      'instanceParameters: only with engine: aurora-postgresql; write them under parameters',
      'readerAutoscaling: only with engine: aurora-postgresql',
      'readers: only with engine: aurora-postgresql',
    ],
  ],
  [
    'what only instances have, of Aurora',
    { 'dataApi: true': 'multiAz: true', 'iamAuthentication: true': 'storage: {allocatedGiB: 20}' },
    [
      'multiAz: only with engine: postgres; Aurora has readers',
      'storage: only with engine: postgres; Aurora grows its storage by itself',
    ],
  ],
  [
    'a log that Aurora does not have',
    { 'logExports: [postgresql]': 'logExports: [postgresql, upgrade]' },
    ['logExports[1]: aurora-postgresql has no log upgrade'],
  ],
  [
    'a log that instances do not have',
    { ...instance, 'logExports: [postgresql]': 'logExports: [instance]' },
    ['logExports[0]: postgres has no log instance'],
  ],
  [
    'a version that nobody can make any more',
    { '"15.4"': '"10.21"' },
    ['engineVersion: AWS makes no databases of PostgreSQL before 11'],
  ],
  [
    'a version that is none',
    { '"15.4"': '"latest"' },
    [
      'engineVersion: expected a version of PostgreSQL in quotes, like "15" or "15.4", found the text "latest"',
    ],
  ],
  [
    'a small class for Aurora',
    { 'db.r6g.large': 'db.t3.small' },
    [
      'instanceClass: Aurora PostgreSQL does not run on db.t3.small; of the burstable classes it takes t3 and t4g, medium and large',
    ],
  ],
  [
    'a general purpose class for Aurora',
    { 'db.r6g.large': 'db.m6g.large' },
    ['instanceClass: Aurora PostgreSQL does not run on db.m6g.large; it takes r, x and t classes'],
  ],
  [
    'the Data API on a burstable class',
    { 'db.r6g.large': 'db.t3.medium' },
    ['instanceClass: the Data API does not work on db.t3.medium; set dataApi: false'],
  ],
  [
    'a serverless class',
    { 'db.r6g.large': 'db.serverless' },
    ['instanceClass: db.serverless is not offered here; name a class of a size, like db.r6g.large'],
  ],
  [
    'bounds of autoscaling in the wrong order, and a time that is too exact',
    { '{min: 1, max: 5}': '{min: 5, max: 1, scaleInCooldown: 1500ms}' },
    [
      'readerAutoscaling.min: 5 is more than max, which is 1',
      'readerAutoscaling.scaleInCooldown: 1500ms is not a whole number of seconds',
    ],
  ],
  [
    'autoscaling without a reader',
    { 'readers: 1': 'readers: 0', '{min: 1': '{min: 0' },
    ['readers: must be at least 1: Aurora scales clusters that have a reader to measure'],
  ],
  [
    'more readers than autoscaling may have',
    { 'readers: 1': 'readers: 6' },
    ['readers: 6 is more than readerAutoscaling.max, which is 5'],
  ],
  [
    'fewer readers than autoscaling must have',
    { '{min: 1': '{min: 2' },
    ['readers: 1 is less than readerAutoscaling.min, which is 2'],
  ],
  [
    'more readers than Aurora has',
    { 'readers: 1': 'readers: 16' },
    ['readers: expected a whole number from 0 to 15, found the number 16'],
  ],
  [
    'storage that can hardly grow',
    { ...instance, 'maxGiB: 110': 'maxGiB: 109' },
    [
      'storage.maxGiB: must be at least 110, a tenth more than allocatedGiB; leave it out for storage that does not grow',
    ],
  ],
  [
    'a retention that Performance Insights does not know',
    { 'retentionDays: 731': 'retentionDays: 30' },
    [
      'performanceInsights.retentionDays: Performance Insights does not keep 30 days; the nearest that it does: 7, 31',
    ],
  ],
  [
    'an interval that enhanced monitoring does not know',
    { 'intervalSeconds: 60': 'intervalSeconds: 20' },
    ['enhancedMonitoring.intervalSeconds: expected one of 1, 5, 10, 15, 30, 60, found the number 20'],
  ],
  [
    'names that SQL or AWS keeps for itself',
    { 'databaseName: fintech': 'databaseName: user', 'username: fintechadmin': 'username: Admin' },
    [
      'credentials.username: Admin is a reserved word; choose another name',
      'databaseName: user is a reserved word; choose another name',
    ],
  ],
  [
    'a database that PostgreSQL has already',
    { 'databaseName: fintech': 'databaseName: template1' },
    ['databaseName: template1 is a database of PostgreSQL itself; choose another name'],
  ],
  [
    'a role like those of the system',
    { ...instance, 'username: fintechadmin': 'username: pg_dba' },
    ['credentials.username: pg_dba begins with pg_, as roles of the system do; choose another name'],
  ],
  [
    'an underscore in the user of Aurora',
    { 'username: fintechadmin': 'username: fintech_admin' },
    ['credentials.username: Aurora takes letters and digits only'],
  ],
  [
    'a name of a user that is too long',
    { 'username: fintechadmin': 'username: administrator1234' },
    [
      'credentials.username: expected a name of a user: 1 to 16 letters, digits and underscores, a letter first, found the text "administrator1234"',
    ],
  ],
  [
    'a time to come',
    { '2026-01-31T12:00:00Z': inAWeek },
    [
      `credentials.notOlderThan: ${inAWeek} is still to come: what is made until then would be replaced again and again`,
    ],
  ],
  [
    'a day that there is not',
    { '2026-01-31T12:00:00Z': '2026-02-30T12:00:00Z' },
    ['credentials.notOlderThan: 2026-02-30T12:00:00Z is no time as in RFC 3339, like 2026-01-31T12:00:00Z'],
  ],
  [
    'one secret for password and token',
    { 'fintech/token': 'fintech/db' },
    ['cache.authSecretName: fintech/db is used twice: password and auth token need a secret each'],
  ],
  [
    'maintenance during backups',
    { 'mon:05:00-mon:06:00': 'Mon:03:30-Mon:04:30' },
    ['maintenanceWindow: Mon:03:30-Mon:04:30 overlaps backup.window, which is 03:00-04:00 on every day'],
  ],
  [
    'maintenance on the second day of a backup across midnight',
    { '03:00-04:00': '23:30-00:30', 'mon:05:00-mon:06:00': 'mon:00:00-mon:00:30' },
    ['maintenanceWindow: mon:00:00-mon:00:30 overlaps backup.window, which is 23:30-00:30 on every day'],
  ],
  [
    'windows that are too short',
    { '03:00-04:00': '03:00-03:29', 'mon:05:00-mon:06:00': 'mon:05:00-mon:05:00' },
    [
      'backup.window: 03:00-03:29 is too short: it must be at least 30 minutes',
      'maintenanceWindow: mon:05:00-mon:05:00 is too short: it must be at least 30 minutes',
    ],
  ],
  [
    'snapshots of the cache during its maintenance',
    { 'snapshotRetentionDays: 7': 'maintenanceWindow: fri:01:30-fri:02:30' },
    [
      'cache.maintenanceWindow: fri:01:30-fri:02:30 overlaps cache.snapshotWindow, which is 02:00-03:00 on every day',
    ],
  ],
  [
    'a window of the cache that is too short',
    { 'snapshotRetentionDays: 7': 'snapshotWindow: "02:00-02:59"' },
    ['cache.snapshotWindow: 02:00-02:59 is too short: it must be at least 60 minutes'],
  ],
  [
    'connections without TLS',
    { 'rds.force_ssl: "1"': 'rds.force_ssl: "0"' },
    ['parameters["rds.force_ssl"]: must be "1": nobody connects without TLS'],
  ],
  [
    'connections without TLS to one of the instances',
    { 'work_mem: "65536"': 'rds.force_ssl: "0"' },
    ['instanceParameters["rds.force_ssl"]: is a parameter of the cluster; it is always "1"'],
  ],
  [
    'what is no parameter',
    { 'rds.force_ssl: "1"': 'log statements: "1"' },
    ['parameters["log statements"]: is no name of a parameter, like log_min_duration_statement'],
  ],
  [
    'a parameter without quotes',
    { 'rds.force_ssl: "1"': 'rds.force_ssl: 1' },
    [
      'parameters["rds.force_ssl"]: expected the value of a parameter in quotes, like "1000", found the number 1; put it in quotes: "1"',
    ],
  ],
])('Of a database is refused: %s', (_, edits, problems) => {
  expect(problemsAfter(edits)).toEqual(problems);
});
