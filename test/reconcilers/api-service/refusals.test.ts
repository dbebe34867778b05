import {
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { changesBetween } from '../../aws-state.ts';
import { readServiceState } from '../../service-state/state.ts';
import { pushImage } from '../aws/ecr/repository-samples.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { imagesIn, repositoryName, valuesOf } from './deletable.ts';
import { ServiceLife, writesIn } from './service-life.ts';
import { serviceKey } from './service.ts';
import { withPart } from './wanted.ts';

const approve = 'fintech.global/approve';

const second = {
  ...smallNetwork,
  metadata: { name: 'second', namespace: 'production' },
  spec: {
    ...smallNetwork.spec,
    cidr: '10.1.0.0/16',
    subnets: {
      public: ['10.1.1.0/24', '10.1.2.0/24'],
      app: ['10.1.11.0/24', '10.1.12.0/24'],
      data: ['10.1.21.0/24', '10.1.22.0/24'],
    },
  },
};

const unprotected = withPart('ingress', { deletionProtection: false });
const oneSecret = { secrets: [{ name: 'fintech/api-keys', value: 'External' }] };

const others = { others: [second] };

/** With a topic of its own, and a load balancer that the manifest lets go. */
const spec: JsonObject = { ...withPart('alarms', { notify: undefined }), ...unprotected };
const deletable: JsonObject = { ...spec, deletionPolicy: 'Delete' };

let life: ServiceLife;

beforeAll(async () => {
  life = await ServiceLife.start();
  await life.apply(spec, others);
  await life.controller.converge('FintechNetwork/production/second');
  await life.change(spec, others);
  await pushImage(life.clients.ecr, repositoryName, '1.4.2');
  await life.keep();
});

afterEach(() => life.clear());

afterAll(() => life.stop());

const state = () => readServiceState(life.clients);

async function refusal(): Promise<{ readonly says: string; readonly hash: string }> {
  expect(writesIn([await life.pass()])).toEqual([]);
  const says = life.condition('Stalled') ?? '';
  const [, hash = ''] = /fintech\.global\/approve: "([0-9a-f]{12})"/.exec(says) ?? [];
  expect(hash).not.toBe('');
  return { says, hash };
}

type Case = {
  readonly before?: JsonObject;
  readonly change: JsonObject;
  /** As parts of the message. */
  readonly says: readonly string[];
  /** What an approval changes, by type; of each nothing else does. */
  readonly changes: readonly string[];
};

const lost = 'would be replaced and its data lost: name cannot be changed in place';

const cases: Readonly<Record<string, Case>> = {
  'the network': {
    change: { networkRef: { name: 'second' } },
    says: [
      'elb/load-balancer load-balancer-public (arn:',
      'would be replaced and everything in it: vpcId cannot be changed in place',
    ],
    changes: ['loadBalancers', 'services', 'targetGroups'],
  },
  'the name of the log group': {
    change: { logs: { retentionDays: 90, groupName: '/fintech/api' } },
    says: [`logs/log-group logs (/ecs/production/fintech-api) ${lost}`],
    changes: ['dashboards', 'logGroups', 'roles', 'taskDefinitions'],
  },
  'secrets, of which one is no longer there,': {
    before: deletable,
    change: { ...deletable, ...oneSecret },
    says: ['secretsmanager/secret secret-fintech/encryption-key (arn:', 'would be deleted with its data'],
    changes: ['roles', 'secrets'],
  },
  'access logs, which are no longer wanted,': {
    before: deletable,
    change: { ...deletable, ...withPart('ingress', { accessLogs: false, deletionProtection: false }) },
    says: [
      's3/log-bucket access-logs (production-fintech-api-access-logs-',
      'would be deleted with its data',
    ],
    changes: ['buckets', 'loadBalancers'],
  },
  'what alarms tell, where people are subscribed to the topic,': {
    change: withPart('alarms', {}),
    says: ['sns/topic topic (arn:', 'would be left behind with its data, which its successor lacks'],
    changes: ['alarms', 'topics'],
  },
};

describe('Who changes', () => {
  test.each(Object.entries(cases))(
    '%s has nothing written before it is approved, and that alone then',
    async (_, one) => {
      const wanted = { ...spec, ...one.change };
      if (one.before !== undefined) await life.change(one.before, others);
      const before = await state();
      await life.apply(wanted, others);
      const { says, hash } = await refusal();
      expect(says).toMatch(/^True ApprovalRequired: /);
      for (const part of one.says) expect(says).toContain(part);
      expect(says).toContain(`; if that is meant, set the annotation ${approve}: "${hash}"`);
      expect(changesBetween(before, await state())).toEqual([]);

      await life.apply(wanted, { ...others, annotations: { [approve]: '000000000000' } });
      expect((await refusal()).hash).toBe(hash);
      await life.apply(wanted, { ...others, annotations: { [approve]: hash } });
      await life.controller.converge(serviceKey);
      const changed = changesBetween(before, await state()).map((change) => change.split(/[.:]/)[0] ?? '');
      expect([...new Set(changed)].toSorted()).toEqual(one.changes);
      expect(writesIn([await life.pass()])).toEqual([]);
    },
  );
});

describe('Images', () => {
  test('are not deleted by an approval of another repository, only by deleteImages before it', async () => {
    const other = { image: { repository: 'fintech-other', tag: '1.4.2' } };
    await life.apply({ ...spec, ...other }, others);
    const { says, hash } = await refusal();
    expect(says).toContain(`ecr/repository repository (fintech-api) ${lost}`);
    await life.apply({ ...spec, ...other }, { ...others, annotations: { [approve]: hash } });
    expect(writesIn([await life.pass()])).toEqual([
      'DeleteRepository repository (RepositoryNotEmptyException)',
    ]);
    expect(life.condition('Stalled')).toMatch(
      /^True NotEmpty: .*repository fintech-api holds images; delete them, or set deleteImages/,
    );
    expect(await imagesIn(life.clients)).toEqual(['1.4.2']);

    const emptied = { ...spec, deleteImages: true };
    await life.change(emptied, others);
    await life.apply({ ...emptied, ...other }, others);
    const next = await refusal();
    await life.apply({ ...emptied, ...other }, { ...others, annotations: { [approve]: next.hash } });
    await life.controller.converge(serviceKey);
    expect(Object.keys((await state())['repositories'] ?? {})).toEqual(['fintech-other']);
  });
});

describe('While a change is refused,', () => {
  test('what was applied before stays enforced, and the hash stays the same', async () => {
    const before = await state();
    await life.apply({ ...spec, networkRef: { name: 'second' } }, others);
    const { hash } = await refusal();
    const { LoadBalancers: [balancer] = [] } = await life.clients.elb.send(
      new DescribeLoadBalancersCommand({}),
    );
    const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '5' }];
    const LoadBalancerArn = balancer?.LoadBalancerArn;
    await life.clients.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));

    const pass = await life.pass();
    expect(writesIn([pass])).toEqual(['ModifyLoadBalancerAttributes load-balancer-public']);
    expect(pass.verdict.drift.map(({ field }) => field)).toEqual(['idleTimeoutSeconds']);
    expect(changesBetween(before, await state())).toEqual([]);
    expect((await refusal()).hash).toBe(hash);
  });

  test('an approval of one change is none of another', async () => {
    await life.apply({ ...spec, networkRef: { name: 'second' } }, others);
    const { hash } = await refusal();
    const both = { ...spec, networkRef: { name: 'second' }, ...withPart('alarms', {}) };
    await life.apply(both, { ...others, annotations: { [approve]: hash } });
    expect((await refusal()).hash).not.toBe(hash);
  });
});

describe('Another scheme', () => {
  const internal = withPart('ingress', { scheme: 'internal', deletionProtection: false });

  test('waits as long as the load balancer before it is protected, and nothing is written', async () => {
    const guarded = { ...spec, ...withPart('ingress', { deletionProtection: true }) };
    await life.change(guarded, others);
    const before = await state();
    await life.apply({ ...guarded, ...withPart('ingress', { scheme: 'internal' }) }, others);
    expect(writesIn([await life.pass()])).toEqual([]);
    expect(life.condition('Stalled')).toBe(
      'True DeletionBlocked: elb/load-balancer load-balancer-public has deletion protection: ' +
        'set deletionProtection to false first, and delete it then',
    );
    expect(changesBetween(before, await state())).toEqual([]);
  });

  test('needs no approval, as the service moves before the old load balancer goes', async () => {
    const written = writesIn(await life.change({ ...spec, ...internal }, others));
    const inOrder = [
      'CreateLoadBalancer load-balancer-internal',
      'UpdateService service',
      'DeleteLoadBalancer load-balancer-public',
    ];
    expect(written.filter((write) => inOrder.includes(write))).toEqual(inOrder);
    expect(Object.keys((await state())['loadBalancers'] ?? {})).toEqual(['production-fintech-api-internal']);
  });
});

describe('A database', () => {
  const alone = { ...spec, databaseRef: undefined };

  test('can be taken out without approval, as nothing of it goes: secrets get a key of their own', async () => {
    const values = await valuesOf(life.clients);
    const before = await state();
    const written = writesIn(await life.change(alone, others));
    expect(written).toContain('CreateKey key');
    expect(await valuesOf(life.clients)).toEqual(values);
    const { keys, secrets } = await state();
    expect(Object.keys(keys ?? {}).filter((name) => !(name in (before['keys'] ?? {})))).toEqual([
      'production-fintech-api-key',
    ]);
    expect(keyOf(secrets?.['fintech/encryption-key'])).not.toBe(
      keyOf(before['secrets']?.['fintech/encryption-key']),
    );
    expect(keyOf(secrets?.['fintech/db-credentials'])).toBe(
      keyOf(before['secrets']?.['fintech/db-credentials']),
    );
  });

  test('that is put in makes the own key superfluous, which would be deleted only with approval', async () => {
    await life.change({ ...alone, deletionPolicy: 'Delete' }, others);
    await life.apply(deletable, others);
    expect((await refusal()).says).toMatch(/kms\/key key \(.*\) would be deleted with its data/);
  });
});

function keyOf(secret: unknown): unknown {
  return isJsonObject(secret) ? secret['KmsKey'] : undefined;
}
