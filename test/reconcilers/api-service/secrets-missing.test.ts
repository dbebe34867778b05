import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { versionInForce } from '../ledger-database/access.ts';
import { commandIn } from './command-line.ts';
import { operationsIn, RunningService } from './running-service.ts';
import { contract } from './service.ts';

const apiKeys = 'fintech/api-keys';
const asks = /waits until somebody puts a value into it: aws secretsmanager put-secret-value/;

let running: RunningService;

const condition = (type: string): string => running.life.condition(type) ?? '';
const spec: JsonObject = Object(contract.service['spec']);

/** Carries out the command that a message ends with, but for the file, which the CLI reads. */
async function follow(message: string): Promise<void> {
  const { service, operation, parameters } = commandIn(message);
  expect([service, operation]).toEqual(['secretsmanager', 'put-secret-value']);
  expect(Object.keys(parameters)).toEqual(['secret-id', 'secret-string']);
  expect(parameters['secret-string']).toBe('file://value');
  const SecretId = String(parameters['secret-id']);
  await running.life.clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'a value' }));
}

/** The nodes that are there, and those that are not yet. */
function resources(): Readonly<Record<string, string>> {
  const found: unknown = running.life.status['resources'];
  if (!Array.isArray(found)) throw new Error('there is no status');
  return Object.fromEntries(found.map(({ node, state }) => [String(node), String(state)]));
}

function hasValue(): Readonly<Record<string, boolean>> {
  const secrets: unknown = running.life.status['secrets'];
  if (!Array.isArray(secrets)) throw new Error('there is no status');
  return Object.fromEntries(secrets.map(({ name, hasValue: has }) => [String(name), has === true]));
}

describe('A new service whose external secret has no value', () => {
  beforeAll(async () => {
    running = await RunningService.startBefore();
  });

  beforeEach(() => running.clear());

  afterAll(() => running.life.stop());

  test('waits with its tasks and what is about them, and with nothing else', async () => {
    await running.commit({});
    const there = Object.keys(resources());
    expect(there).toEqual(
      expect.arrayContaining([
        'repository',
        'secret-fintech/api-keys',
        'secret-fintech/encryption-key',
        'execution-role',
        'task-role',
        'listener-public-443',
        'web-acl',
        'cluster',
        'alarm-latency',
        'alarm-database-cpu',
      ]),
    );
    const waiting = ['task-definition', 'service', 'scaling', 'alarm-cpu', 'dashboard'];
    expect(waiting.filter((node) => there.includes(node))).toEqual([]);
    expect(resources()['secret-fintech/api-keys']).toBe('pending');
    expect(condition('Ready')).toMatch(/^False Progressing: /);
    expect(condition('Ready')).toMatch(asks);
    expect(condition('SecretsReady')).toMatch(asks);
    expect(condition('ServiceReady')).toMatch(
      /task-definition waits for secretsmanager\/secret secret-fintech\/api-keys/,
    );
    expect(condition('IngressReady')).toMatch(/^True/);
    expect(condition('Stalled')).toBe('');
    expect(hasValue()).toEqual({ 'fintech/api-keys': false, 'fintech/encryption-key': true });
  });

  test('runs after somebody has carried out the command of the message, in the pass that looks next', async () => {
    await running.commit({});
    await follow(condition('SecretsReady'));
    expect(operationsIn([await running.life.pass()])).toContain('RegisterTaskDefinition');
    await running.life.untilQuiet();
    expect(condition('Ready')).toMatch(/^True InSync: /);
    expect(hasValue()).toEqual({ 'fintech/api-keys': true, 'fintech/encryption-key': true });
  });

  test('sees the value at once, although lists of AWS show it minutes later', async () => {
    await running.life.emulator.setStaleness({ 'secretsmanager/changes': 300 });
    await running.commit({});
    await follow(condition('SecretsReady'));
    expect(operationsIn([await running.life.pass()])).toContain('RegisterTaskDefinition');
    await running.life.untilQuiet();
    expect(condition('SecretsReady')).toMatch(/^True/);
  });

  test('runs without the value of one that no container gets, and is not Ready until that is there', async () => {
    const secrets = [{ name: 'fintech/partner', value: 'External' }, ...Object(spec).secrets];
    await running.commit({ secrets });
    await follow(condition('Ready').slice(condition('Ready').indexOf('secret-fintech/api-keys')));
    await running.life.untilQuiet();
    expect(condition('ServiceReady')).toMatch(/^True/);
    expect(condition('MonitoringReady')).toMatch(/^True/);
    expect(running.life.status).toMatchObject({ runningCount: 3 });
    expect(condition('Ready')).toMatch(
      /^False Progressing: secretsmanager\/secret secret-fintech\/partner waits/,
    );
    await follow(condition('Ready'));
    expect(operationsIn(await running.life.untilQuiet())).toEqual([]);
    expect(condition('Ready')).toMatch(/^True InSync: /);
  });
});

describe('A service that runs', () => {
  beforeAll(async () => {
    running = await RunningService.start();
  });

  beforeEach(() => running.clear());

  afterAll(() => running.life.stop());

  const { container, secrets } = Object(spec);
  const withPartner = {
    container: {
      ...container,
      secrets: { ...container.secrets, PARTNER_KEY: { secretName: 'fintech/partner' } },
    },
    secrets: [...secrets, { name: 'fintech/partner', value: 'External' }],
  };

  test('goes on as it is while one that is added to it has no value, and gets it with one deployment', async () => {
    const alarms = { ...Object(spec).alarms, cpuPercent: 60 };
    const before = operationsIn(await running.commit({ ...withPartner, alarms }));
    expect(before).toEqual(expect.arrayContaining(['CreateSecret', 'PutMetricAlarm']));
    expect(before).not.toContain('RegisterTaskDefinition');
    expect(condition('Ready')).toMatch(asks);
    expect(running.served).toBe(1);
    expect(running.life.status).toMatchObject({ runningCount: 3 });
    await follow(condition('SecretsReady'));
    const passes = await running.life.untilQuiet();
    // The dashboard, which has a line for the alarm and graphs of the service, has waited for that.
    expect(operationsIn(passes).filter((name) => name !== 'PutDashboard')).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
    ]);
    expect(condition('Ready')).toMatch(/^True InSync: /);
    expect(running.served).toBe(2);
    expect(running.hasSeenDrift).toBe(false);
  });

  test('is corrected, scaled and put to sleep as ever while one that is added to it has no value', async () => {
    const place = { cluster: 'production-fintech-api-cluster', service: 'production-fintech-api-service' };
    const scaledTo = async () =>
      (await ecs.send(new DescribeServicesCommand({ ...place, services: [place.service] }))).services?.[0];
    const { ecs } = running.life.clients;
    await running.commit(withPartner);
    await ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 1 }));
    await running.life.untilQuiet();
    expect(await scaledTo()).toMatchObject({ desiredCount: 3 });
    await running.commit({ ...withPartner, replicas: { min: 4, max: 12 } });
    expect(await scaledTo()).toMatchObject({ desiredCount: 4 });
    expect(condition('Ready')).toMatch(asks);
    expect(running.served).toBe(1);
  });

  test('is not deployed by another value of it', async () => {
    await follow(`aws secretsmanager put-secret-value --secret-id ${apiKeys} --secret-string file://value`);
    const pass = await running.life.pass();
    expect(operationsIn([pass])).toEqual([]);
    expect(pass.verdict.drift).toEqual([]);
    expect(condition('Ready')).toMatch(/^True InSync: /);
  });

  test('gets one back with its value that somebody deleted', async () => {
    const { secrets: client } = running.life.clients;
    const before = await versionInForce(running.life.clients, apiKeys);
    await client.send(new DeleteSecretCommand({ SecretId: apiKeys, RecoveryWindowInDays: 7 }));
    expect(operationsIn(await running.life.untilQuiet())).toEqual(['RestoreSecret']);
    expect(await versionInForce(running.life.clients, apiKeys)).toBe(before);
    expect(condition('Ready')).toMatch(/^True InSync: /);
    expect(running.hasSeenDrift).toBe(true);
    expect(running.served).toBe(1);
  });

  test('asks for the value of one that somebody deleted for good, and goes on meanwhile', async () => {
    const { secrets: client } = running.life.clients;
    const { ARN: before } = await client.send(new DescribeSecretCommand({ SecretId: apiKeys }));
    await client.send(new DeleteSecretCommand({ SecretId: apiKeys, ForceDeleteWithoutRecovery: true }));
    expect(operationsIn(await running.life.untilQuiet())).toEqual(['CreateSecret']);
    expect(running.hasSeenDrift).toBe(true);
    expect(condition('Ready')).toMatch(asks);
    expect(running.served).toBe(1);
    await follow(condition('SecretsReady'));
    expect(operationsIn(await running.life.untilQuiet())).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
    ]);
    const { ARN: after } = await client.send(new DescribeSecretCommand({ SecretId: apiKeys }));
    expect(after).not.toBe(before);
    expect(condition('Ready')).toMatch(/^True InSync: /);
  });
});
