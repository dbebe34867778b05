import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { labelsThatOpen, textIn, versionInForce } from '../ledger-database/access.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { readingOf, type Pass } from '../../product.ts';
import { operationsIn, RunningService } from './running-service.ts';
import { contract, ledgerKey, serviceKey, smallLedger } from './service.ts';

const credentials = { username: 'fintechadmin', secretName: 'fintech/db-credentials' };
const database = { kind: 'cluster', identifier: 'production-ledger-cluster' } as const;
const oneDeployment = ['RegisterTaskDefinition', 'UpdateService'];
const mostPasses = 60;

let running: RunningService;

beforeAll(async () => {
  running = await RunningService.start();
});

beforeEach(async () => {
  await running.clear();
  await running.life.emulator.setLifecycles({
    'rds/password': { 'resetting-master-credentials': 0.3 },
    'elasticache/replication-group': { modifying: 0.3 },
  });
});

afterAll(() => running.life.stop());

async function commitLedger(spec: JsonObject): Promise<void> {
  const { cache } = Object(smallLedger['spec']);
  const ledger = withSpec(smallLedger, { ...spec, cache: { ...cache, ...Object(spec['cache']) } });
  const set = readingOf(contract.environment, smallNetwork, ledger, contract.service);
  await running.life.controller.apply(set);
}

/** What a new task would get, and whether it gets in. */
type Moment = { readonly operations: readonly string[]; readonly gets: string };

/** Passes over the database and over the service in turn, until both are Ready and as they are to be. */
async function rotate(
  spec: JsonObject,
): Promise<{ readonly passes: readonly Pass[]; readonly moments: readonly Moment[] }> {
  await commitLedger(spec);
  const passes: Pass[] = [];
  const moments: Moment[] = [];
  const { controller, clock } = running.life;
  for (let round = 0; round < mostPasses; round += 1) {
    const ofLedger = await controller.pass(ledgerKey);
    const ofService = await controller.pass(serviceKey);
    passes.push(ofLedger, ofService);
    moments.push({ operations: operationsIn([ofService]), gets: await admission() });
    if (ofLedger.verdict.error === undefined && ofService.verdict.error === undefined)
      return { passes, moments };
    await clock.sleep(2_000);
  }
  throw new Error(`still at it after ${mostPasses} rounds`);
}

async function admission(): Promise<string> {
  const { emulator, clients } = running.life;
  const labels = await labelsThatOpen(database, credentials.secretName, emulator, clients);
  const tokens = await emulator.revealTokens('production-ledger-cache');
  const token = (await textIn(clients.secrets, 'fintech/redis-auth')) ?? '';
  return `${labels.includes('AWSCURRENT')} ${tokens.includes(token)}`;
}

async function variable(name: string): Promise<string | undefined> {
  const family = 'production-fintech-api-task';
  const { taskDefinition } = await running.life.clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: family }),
  );
  const [app] = taskDefinition?.containerDefinitions?.filter(({ name: of }) => of === 'app') ?? [];
  return app?.environment?.find((each) => each.name === name)?.value;
}

const now = (): string => new Date().toISOString();

const rotations: readonly (readonly [string, string, string, () => JsonObject])[] = [
  [
    'the password of the database',
    'DB_CREDENTIALS_VERSION',
    'fintech/db-credentials',
    () => ({ credentials: { ...credentials, notOlderThan: now() } }),
  ],
  [
    'the auth token of the cache',
    'REDIS_AUTH_VERSION',
    'fintech/redis-auth',
    () => ({ cache: { authNotOlderThan: now() } }),
  ],
];

describe.each(rotations)('A rotation of %s', (_, name, secret, spec) => {
  test('is one rolling deployment, which begins only when new tasks get in', async () => {
    const before = await versionInForce(running.life.clients, secret);
    expect(await variable(name)).toBe(before);
    const { passes, moments } = await rotate(spec());
    expect(await versionInForce(running.life.clients, secret)).not.toBe(before);
    expect(await variable(name)).toBe(await versionInForce(running.life.clients, secret));
    expect(moments.flatMap(({ operations }) => operations)).toEqual(oneDeployment);
    const begins = moments.filter(({ operations }) => operations.length > 0);
    expect(begins.map(({ gets }) => gets)).toEqual(begins.map(() => 'true true'));
    expect(await running.deployments()).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
    // While AWS was at it, the service went on as it was.
    expect(moments.length).toBeGreaterThan(2);
    expect(passes.flatMap(({ verdict }) => [...verdict.appeared, ...verdict.corrected])).toEqual([]);
    expect(running.hasSeenDrift).toBe(false);
    expect(running.life.condition('Ready')).toMatch(/^True InSync: /);
  });
});

test('A rotation of both at once is no more than one deployment for each', async () => {
  const all = Object.assign({}, ...rotations.map(([, , , spec]) => spec()));
  const { moments } = await rotate(all);
  const operations = moments.flatMap((moment) => moment.operations);
  expect([oneDeployment, [...oneDeployment, ...oneDeployment]]).toContainEqual(operations);
  expect(running.hasSeenDrift).toBe(false);
});

test('A service that has its own name for the credentials version is not deployed by a rotation', async () => {
  const { container } = Object(contract.service['spec']);
  const environment = {
    ...container.environment,
    DB_CREDENTIALS_VERSION: 'mine',
    REDIS_AUTH_VERSION: 'mine',
  };
  await running.commit({ container: { ...container, environment } });
  const deployments = (await running.deployments()).length;
  const ledger = withSpec(smallLedger, { credentials: { ...credentials, notOlderThan: now() } });
  const service = withSpec(contract.service, { container: { ...container, environment } });
  await running.life.controller.apply(readingOf(contract.environment, smallNetwork, ledger, service));
  await running.life.controller.converge(ledgerKey, mostPasses);
  expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
  expect(await running.deployments()).toHaveLength(deployments);
});
