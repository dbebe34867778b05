import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlanFormat } from '../../../controller/cli/plan.ts';
import type { PlanReport } from '../../../controller/cli/plan-report.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { systemClock } from '../../../controller/time.ts';
import { temporaryDirectory } from '../../controller/manifests/directory.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { partOf, withSpec } from '../contract-manifest.ts';
import { MovingClock } from '../ledger-database/moving-clock.ts';
import { planned } from '../planned.ts';
import { contract, networkKey, serviceKey, smallLedger, type Changes } from './service.ts';
import { ServiceLife } from './service-life.ts';
import { spec } from './spec.ts';

const ingress = partOf(spec, 'ingress');
const unprotected = { ...ingress, deletionProtection: false };
const nextImage = { image: { repository: 'fintech-api', tag: '1.5.0' } };
/** Tasks may all stop before others run. */
const allAtOnce = { deployment: { minimumHealthyPercent: 0, maximumPercent: 100, circuitBreaker: true } };
const atNightOff = {
  tags: {
    Environment: 'Development',
    Project: 'FinTechGlobal',
    CostCenter: 'CC-12345',
    Owner: 'team-platform@company.com',
    DataClassification: 'Internal',
    AutoShutdown: 'true',
  },
  officeHours: {
    timeZone: 'America/New_York',
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    start: '08:00',
    stop: '20:00',
  },
};
const threeZones = {
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  subnets: {
    public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
    app: ['10.0.11.0/24', '10.0.12.0/24', '10.0.13.0/24'],
    data: ['10.0.21.0/24', '10.0.22.0/24', '10.0.23.0/24'],
  },
};

let life: ServiceLife;

beforeAll(async () => {
  life = await ServiceLife.start();
  await life.change({ ingress: unprotected });
  await life.keep();
});
beforeEach(() => life.clear());
afterAll(() => life.stop());

async function planOf(change: JsonObject, changes: Changes = {}, format?: PlanFormat, clock = systemClock) {
  const directory = await temporaryDirectory({
    'environment.yaml': JSON.stringify(withSpec(contract.environment, changes.environment ?? {})),
    'network.yaml': JSON.stringify(withSpec(smallNetwork, changes.network ?? {})),
    'ledger.yaml': JSON.stringify(smallLedger),
    'service.yaml': JSON.stringify(withSpec(contract.service, { ingress: unprotected, ...change })),
  });
  return (await planned(life.controller, directory, clock, format)).text;
}

/** `service: restart` for each step of the service that does something. */
async function interruptionsOf(
  change: JsonObject,
  changes: Changes = {},
  clock = systemClock,
): Promise<readonly string[]> {
  const reports: readonly PlanReport[] = JSON.parse(await planOf(change, changes, 'json', clock));
  return reports
    .filter(({ object }) => object === serviceKey)
    .flatMap(({ steps }) => steps)
    .filter(({ action }) => action !== 'none')
    .map(({ node, interruption }) => `${node}: ${interruption}`);
}

describe('a plan says that nothing is interrupted by', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ['another image', nextImage, ['task-definition', 'service']],
    ['other capacity providers', { capacityProviders: { FARGATE: { weight: 1 } } }, ['service']],
    ['a shell in containers', { executeCommand: true }, ['task-role', 'service']],
    ['other settings of deployments', allAtOnce, ['service']],
    [
      'more tasks',
      { replicas: { min: 4, max: 12 } },
      ['service', 'scaling', 'alarm-healthy-hosts', 'alarm-running-tasks'],
    ],
    [
      'another path of the health check',
      { healthCheck: { ...partOf(spec, 'healthCheck'), path: '/ready' } },
      ['target-group-public'],
    ],
    [
      'no certificate any more',
      { ingress: { ...unprotected, certificateArn: undefined } },
      ['listener-public-80', 'listener-public-443'],
    ],
    ['another idle timeout', { ingress: { ...unprotected, idleTimeout: '120s' } }, ['load-balancer-public']],
    [
      'no web ACL any more',
      { ingress: { ...unprotected, waf: undefined } },
      ['dashboard', 'alarm-blocked-requests', 'web-acl'],
    ],
  ])('%s', async (_, change, nodes) => {
    const expected = nodes.map((node) => `${node}: none`);
    expect((await interruptionsOf(change)).toSorted()).toEqual(expected.toSorted());
  });

  test('another scheme, which makes a load balancer beside the old one', async () => {
    const steps = await interruptionsOf({ ingress: { ...unprotected, scheme: 'internal' } });
    expect(steps).toContain('load-balancer-internal: none');
    expect(steps).toContain('load-balancer-public: none');
    expect(steps).toContain('service: none');
    expect(steps.filter((step) => !step.endsWith(': none'))).toEqual([]);
  });
});

describe('a plan says that tasks are interrupted', () => {
  test('by none at all', async () => {
    const steps = await interruptionsOf({ replicas: { min: 0, max: 0 } });
    expect(steps.filter((step) => !step.endsWith(': none'))).toEqual(['service: restart']);
    expect(await planOf({ replicas: { min: 0, max: 0 } })).toMatch(
      /^ {2}~ ecs\/service service .*interrupts: restart$/m,
    );
  });

  test('by a night', async () => {
    const saturday = new MovingClock('2026-01-10T12:00:00-05:00');
    const steps = await interruptionsOf({}, { environment: atNightOff }, saturday);
    expect(steps.filter((step) => !step.endsWith(': none'))).toEqual(['service: restart']);
  });

  test('by a deployment that may stop all of them', async () => {
    await life.change({ ingress: unprotected, ...allAtOnce });
    const steps = await interruptionsOf({ ...allAtOnce, ...nextImage });
    expect(steps).toEqual(['task-definition: none', 'service: restart']);
  });
});

test('a plan says that connections to a zone end that the load balancer leaves', async () => {
  await life.apply({ ingress: unprotected }, { network: threeZones });
  await life.controller.converge(networkKey);
  await life.change({ ingress: unprotected }, { network: threeZones });
  await life.apply({ ingress: unprotected });
  // It does not get far: the subnets are still used.
  await life.controller.pass(networkKey);
  expect(await interruptionsOf({})).toEqual(['load-balancer-public: failover', 'service: none']);
});
