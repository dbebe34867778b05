import { TestFailoverCommand } from '@aws-sdk/client-elasticache';
import {
  FailoverDBClusterCommand,
  RebootDBInstanceCommand,
  StartDBClusterCommand,
  StartDBInstanceCommand,
} from '@aws-sdk/client-rds';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { holderOf } from '../../../reconcilers/aws/secretsmanager/staging-labels.ts';
import { mutating } from '../../product.ts';
import { credentialsIn, textIn } from './access.ts';
import { Checkout, cluster, instance } from './checkout.ts';
import { alone, singleInstance, writesIn } from './ledger-life.ts';
import { contract, ledgerKey } from './ledger.ts';
import { merged, Runbook } from './runbook.ts';

const secret = 'fintech/db-credentials';
const tokenSecret = 'fintech/redis-auth';
const cache = { engineVersion: '7.0', nodeType: 'cache.r6g.large', authSecretName: tokenSecret, replicas: 1 };

let checkout: Checkout;

beforeAll(async () => {
  checkout = await Checkout.start();
});

afterEach(() => checkout.clear());

afterAll(() => checkout.emulator.stop());

test('Failover: by hand, which is no drift, and of a reader that is to go while it writes', async () => {
  await checkout.begin({ ...alone, readers: 1, cache });
  const runbook = await Runbook.read('failover');
  expect(await checkout.writer()).toBe('production-ledger-instance-0');
  await checkout.clients.rds.send(
    runbook.says(
      'rds',
      new FailoverDBClusterCommand({
        DBClusterIdentifier: cluster,
        TargetDBInstanceIdentifier: 'production-ledger-instance-1',
      }),
    ),
  );
  await checkout.clients.elasticache.send(
    runbook.says(
      'elasticache',
      new TestFailoverCommand({ ReplicationGroupId: 'production-ledger-cache', NodeGroupId: '0001' }),
    ),
  );
  const [pass] = await checkout.controller.converge(ledgerKey, 60);
  expect(mutating(pass?.calls ?? [])).toEqual([]);
  expect(checkout.conditions['Drifted']).toMatch(/^False NoDrift/);
  expect(checkout.controller.record(ledgerKey).status['instances']).toMatchObject([
    { id: 'production-ledger-instance-0', role: 'reader' },
    { id: 'production-ledger-instance-1', role: 'writer' },
  ]);

  const writes = writesIn(await checkout.follow(runbook.manifests[0]));
  expect(writes.filter((write) => write.endsWith('instance-1'))).toEqual([
    'FailoverDBCluster instance-1',
    'DeleteDBInstance instance-1',
  ]);
  expect(await checkout.writer()).toBe('production-ledger-instance-0');
});

test('Failover: one instance with a standby', async () => {
  await checkout.begin({ ...singleInstance, instanceClass: 'db.m6g.large' });
  const runbook = await Runbook.read('failover');
  const reboot = { DBInstanceIdentifier: instance, ForceFailover: true };
  await checkout.clients.rds.send(runbook.says('rds', new RebootDBInstanceCommand(reboot)));
  const [pass] = await checkout.controller.converge(ledgerKey, 60);
  expect(mutating(pass?.calls ?? [])).toEqual([]);
});

/** The runbook on rotation as somebody follows it now. */
async function rotationNow(): Promise<Runbook> {
  const written = { '2026-01-31T12:00:00Z': new Date().toISOString() };
  return (await Runbook.read('credential-rotation')).with(written);
}

test('Rotation of credentials: now, and after a leak', async () => {
  await checkout.begin({ ...alone, cache });
  const values = async () => [
    (await credentialsIn(checkout.clients, secret))['password'],
    await textIn(checkout.clients.secrets, tokenSecret),
  ];
  const first = await values();
  await checkout.follow((await rotationNow()).manifests[0]);
  const second = await values();
  expect(second.filter((value) => first.includes(value))).toEqual([]);
  expect(checkout.conditions['CredentialsReady']).toMatch(/^True/);
  expect(checkout.conditions['CacheReady']).toMatch(/^True/);
  const runbook = await rotationNow();
  const { VersionIdsToStages } = await checkout.clients.secrets.send(
    runbook.says('secretsmanager', new DescribeSecretCommand({ SecretId: secret })),
  );
  expect(holderOf(VersionIdsToStages, 'AWSPREVIOUS')).toBeDefined();

  await checkout.follow(runbook.manifests[1]);
  const third = await values();
  expect(third.filter((value) => second.includes(value))).toEqual([]);
  expect(await checkout.isOpen(cluster, secret)).toBe(true);
  expect(await checkout.emulator.revealTokens('production-ledger-cache')).toContain(third[1]);
});

test('Rotation of credentials: by hand, and what AWS would not take is given up', async () => {
  await checkout.begin({ ...alone });
  const runbook = await Runbook.read('credential-rotation');
  const { SecretString = '' } = await checkout.clients.secrets.send(
    runbook.says('secretsmanager', new GetSecretValueCommand({ SecretId: secret })),
  );
  /** The file of the runbook is what the CLI sends in its place. */
  const put = async (password: string): Promise<string | undefined> => {
    const parameters = { SecretId: secret, VersionStages: ['AWSPENDING'] };
    runbook.says(
      'secretsmanager',
      new PutSecretValueCommand({ ...parameters, SecretString: 'file://credentials.json' }),
    );
    const content = JSON.stringify({ ...JSON.parse(SecretString), password });
    const command = new PutSecretValueCommand({ ...parameters, SecretString: content });
    return (await checkout.clients.secrets.send(command)).VersionId;
  };

  const refused = await put('no spaces, please');
  await checkout.controller.pass(ledgerKey);
  expect(checkout.conditions['Stalled']).toMatch(/^True InvalidSpec: /);
  const id = { '11111111-2222-3333-4444-555555555555': refused ?? '' };
  await checkout.clients.secrets.send(
    runbook.with(id).says(
      'secretsmanager',
      new UpdateSecretVersionStageCommand({
        SecretId: secret,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: refused,
      }),
    ),
  );
  await checkout.controller.converge(ledgerKey, 60);
  expect(await checkout.isOpen(cluster, secret)).toBe(true);

  await put('Chosen-by-a-person');
  await checkout.controller.converge(ledgerKey, 60);
  expect((await checkout.emulator.revealDatabase('cluster', cluster)).password).toBe('Chosen-by-a-person');
  expect(await checkout.isOpen(cluster, secret)).toBe(true);
});

const hours = (days: readonly string[]) => ({
  spec: {
    officeHours: { timeZone: 'America/New_York', days, start: '00:00', stop: '23:59' },
    tags: { ...Object(Object(contract.environment['spec']).tags), AutoShutdown: 'true' },
  },
});
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

test.each([
  ['cluster', alone],
  ['instance', { ...singleInstance, instanceClass: 'db.m6g.large' }],
])('A database that sleeps: kept awake for a night, as one %s', async (kind, spec) => {
  await checkout.begin(spec);
  const day = new Date().getUTCDay();
  // Neither of these is today, wherever that is.
  checkout.environment = merged(checkout.environment, hours([weekdays[(day + 3) % 7] ?? '']));
  await checkout.commit();
  expect(checkout.conditions['Ready']).toMatch(/^True Asleep: /);

  const runbook = await Runbook.read('database-asleep');
  await checkout.apply(merged(checkout.ledger, runbook.manifests[1] ?? {}));
  const start =
    kind === 'cluster'
      ? checkout.clients.rds.send(
          runbook.says('rds', new StartDBClusterCommand({ DBClusterIdentifier: cluster })),
        )
      : checkout.clients.rds.send(
          runbook.says('rds', new StartDBInstanceCommand({ DBInstanceIdentifier: instance })),
        );
  await start;
  expect(mutating((await checkout.controller.pass(ledgerKey)).calls)).toEqual([]);
  expect(checkout.conditions['Paused']).toMatch(/^True/);

  // Without the pause it is stopped again; in the hours of the runbook's Environment it runs.
  expect(writesIn(await checkout.commit())).toEqual([expect.stringMatching(/^StopDB/)]);
  checkout.environment = merged(merged(checkout.environment, runbook.manifests[0] ?? {}), hours(weekdays));
  expect(writesIn(await checkout.commit())).toEqual([expect.stringMatching(/^StartDB/)]);
});
