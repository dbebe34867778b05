import {
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeDrift } from '../../../controller/drift.ts';
import { changesBetween, readAwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { readNetworkState } from '../../network-state.ts';
import { Controller, fasterClock, mutating, type Pass } from '../../product.ts';
import { unmatched } from '../data-lake/drift-rows.ts';
import type { Network } from './drift-rows.ts';
import { networkAclDrift, securityGroupDrift } from './firewall-drift.ts';
import { deleteEndpoint, deleteNat, endpointDrift, gatewayDrift } from './gateway-drift.ts';
import { logDrift } from './log-drift.ts';
import { networkKey, production } from './network.ts';
import { routingDrift } from './routing-drift.ts';
import { vpcDrift } from './vpc-drift.ts';

const rows = [
  ...vpcDrift,
  ...networkAclDrift,
  ...securityGroupDrift,
  ...routingDrift,
  ...gatewayDrift,
  ...endpointDrift,
  ...logDrift,
];
const batches = [...Map.groupBy(rows, ({ batch = 0 }) => batch)].map(([batch, together]) => ({
  batch,
  together,
}));

let emulator: Emulator;
let clients: Clients;
let controller: Controller;
let converged: Awaited<ReturnType<typeof readState>>;
/** Set while everything is as it was converged, so that a test need not begin from nothing. */
let isUntouched = false;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = clientsFor(emulator.endpoint);
});

beforeEach(async () => {
  if (!isUntouched) {
    await emulator.reset();
    controller?.close();
    controller = new Controller(emulator.endpoint, [], fasterClock(100));
    await controller.apply(productionIn('Enforce'));
    await controller.converge(networkKey);
    converged = await readState();
  }
  isUntouched = false;
});

afterAll(async () => {
  controller.close();
  await emulator.stop();
});

function productionIn(mode: 'Enforce' | 'Observe') {
  return production({}, { 'fintech.global/mode': mode });
}

async function readState() {
  const [networks, { roles, others }] = await Promise.all([readNetworkState(clients), readAwsState(clients)]);
  return { ...networks, roles, others };
}

async function addresses(): Promise<readonly string[]> {
  const { Addresses = [] } = await clients.ec2.send(new DescribeAddressesCommand({}));
  return Addresses.map(({ AllocationId, PublicIp }) => `${AllocationId} ${PublicIp}`).toSorted();
}

const changesSince = async () => changesBetween(converged, await readState());

/** As it is known now: what is made again has another id. */
function network(): Network {
  const ids = new Map(controller.record(networkKey).status.resources.map(({ node, id }) => [node, id]));
  const id = (node: string) => {
    const found = ids.get(node);
    if (found === undefined) throw new Error(`there is no ${node}`);
    return found;
  };
  return { ...clients, id };
}

/** Writes `<node>` for the ids that are known now; what has a name is written with it. */
function namer(): (text: string) => string {
  const resources = controller
    .record(networkKey)
    .status.resources.filter(({ id }) => /^[a-z]+-[\da-f]+$/.test(id));
  return (text) => resources.reduce((named, { id, node }) => named.replaceAll(id, `<${node}>`), text);
}

const told = ({ verdict }: Pass) => verdict.appeared.map(describeDrift);
const eventsOf = (reason: string) =>
  controller
    .record(networkKey)
    .events.filter((event) => event.reason === reason)
    .map(({ message }) => message);

const nothing = { missing: [], unexpected: [] };

describe('in Enforce', () => {
  test.each(rows)(
    'what somebody does who $what is told and corrected, and the account is as before',
    async ({ change, says, saysThen = [], writes = 1, orFewer = false, cleanUp }) => {
      const named = namer();
      const before = network();
      await change(before);
      const passes = await controller.converge(networkKey);
      const [first, ...others] = passes;
      if (first === undefined) throw new Error('there was a pass');

      expect(unmatched(says, told(first).map(named))).toEqual(nothing);
      expect(eventsOf('DriftDetected')).toEqual(expect.arrayContaining(told(first)));
      expect(unmatched(saysThen, others.flatMap(told).map(named))).toEqual(nothing);
      const corrected = others.flatMap(({ verdict }) => verdict.corrected.map(describeDrift));
      expect(unmatched([...says, ...saysThen], corrected.map(named))).toEqual(nothing);
      expect(eventsOf('DriftCorrected').at(-1)).toMatch(/^corrected /);
      const wrote = passes.map(({ verdict }) => verdict.wrote);
      const times = wrote.filter(Boolean).length;
      const most = [...Array.from({ length: writes }, () => true), false];
      expect(orFewer && times < writes ? most : wrote).toEqual(most);
      expect(wrote.at(-1)).toBe(false);
      expect(controller.conditions(networkKey)).toMatchObject({
        Ready: 'True InSync: 37 resources are as the manifest says',
        Drifted: 'False NoDrift: AWS is as it was left',
      });
      await cleanUp?.(before);
      expect(await changesSince()).toEqual([]);
      isUntouched = true;
    },
  );

  test('many changes at once are all told in the first pass, and all corrected in it', async () => {
    const named = namer();
    const before = network();
    const [first = { together: [] }] = batches;
    for (const { change } of first.together) await change(before);
    const passes = await controller.converge(networkKey);

    const says = first.together.flatMap((row) => row.says);
    expect(unmatched(says, passes.flatMap(told).map(named))).toEqual(nothing);
    expect(passes.map(({ verdict }) => verdict.wrote)).toEqual([true, false]);
    for (const { cleanUp } of first.together) await cleanUp?.(before);
    expect(await changesSince()).toEqual([]);
    isUntouched = true;
  });
});

describe('in Observe', () => {
  test.each(batches)('batch $batch of all this is told, and not one call writes', async ({ together }) => {
    const named = namer();
    const before = network();
    await controller.apply(productionIn('Observe'));
    for (const { change } of together) await change(before);
    const changed = await readState();
    const pass = await controller.pass(networkKey);

    const says = together.flatMap((row) => row.says);
    expect(unmatched(says, told(pass).map(named))).toEqual(nothing);
    expect(mutating(pass.calls)).toEqual([]);
    expect(changesBetween(changed, await readState())).toEqual([]);
    expect(controller.conditions(networkKey)).toMatchObject({
      Ready: expect.stringMatching(/^False DriftDetected: mode Observe: AWS is not as the manifest says/),
      Drifted: expect.stringMatching(/^True DriftDetected: /),
    });
    expect(told(await controller.pass(networkKey))).toEqual([]);

    for (const { cleanUp } of together) await cleanUp?.(before);
    await controller.apply(productionIn('Enforce'));
    await controller.converge(networkKey);
    expect(await changesSince()).toEqual([]);
    isUntouched = true;
  });
});

describe('besides', () => {
  test('what AWS adds by itself is no drift', async () => {
    const [tables, acls] = await Promise.all([
      clients.ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [network().id('routes-data')] })),
      clients.ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [network().id('acl-data')] })),
    ]);
    const routes = tables.RouteTables?.[0]?.Routes?.map(
      ({ DestinationCidrBlock, DestinationPrefixListId, GatewayId }) =>
        `${DestinationCidrBlock ?? DestinationPrefixListId} ${GatewayId}`,
    );
    expect(unmatched(['10.0.0.0/16 local', 'pl-* vpce-*', 'pl-* vpce-*'], routes ?? [])).toEqual(nothing);
    const last = acls.NetworkAcls?.[0]?.Entries?.filter(({ RuleNumber }) => RuleNumber === 32_767);
    expect(last).toHaveLength(2);

    const pass = await controller.pass(networkKey);
    expect(pass.verdict.drift).toEqual([]);
    expect(mutating(pass.calls)).toEqual([]);
    isUntouched = true;
  });

  test('tags of others are left alone', async () => {
    const Tags = [{ Key: 'backup-plan', Value: 'nightly' }];
    const Resources = ['vpc', 'app-us-east-1a', 'sg-app', 'routes-data'].map(network().id);
    await clients.ec2.send(new CreateTagsCommand({ Resources, Tags }));
    const pass = await controller.pass(networkKey);
    expect(pass.verdict.drift).toEqual([]);
    expect(mutating(pass.calls)).toEqual([]);
  });

  test('a NAT gateway that is made again has the address of the one that was deleted', async () => {
    const before = await addresses();
    const old = network().id('nat-us-east-1a');
    await deleteNat(network(), 'us-east-1a');
    await controller.converge(networkKey);
    expect(await addresses()).toEqual(before);
    expect(network().id('nat-us-east-1a')).not.toBe(old);
    expect(await changesSince()).toEqual([]);
    isUntouched = true;
  });

  test.each([
    {
      what: 'a NAT gateway',
      lifecycle: 'ec2/nat-gateway',
      node: 'nat-us-east-1a',
      part: 'NatReady',
      remove: (one: Network) => deleteNat(one, 'us-east-1a'),
    },
    {
      what: 'an interface endpoint',
      lifecycle: 'ec2/vpc-endpoint',
      node: 'interface-endpoint-kms',
      part: 'EndpointsReady',
      remove: (one: Network) => deleteEndpoint(one, 'interface-endpoint-kms'),
    },
  ])(
    'as long as AWS has not finished deleting $what, this is told, and nothing is written',
    async ({ lifecycle, node, part, remove }) => {
      await emulator.setLifecycles({ [lifecycle]: { deleting: 'held' } });
      await remove(network());
      const going = `${lifecycle} ${node} is being deleted`;
      const pass = await controller.pass(networkKey);
      expect(told(pass)).toEqual([`${going}, should be there (availability)`]);
      const again = await controller.pass(networkKey);
      expect(told(again)).toEqual([]);
      expect(mutating([...pass.calls, ...again.calls])).toEqual([]);
      expect(controller.conditions(networkKey)).toMatchObject({
        Ready: `False Progressing: ${going}`,
        Drifted: `True DriftDetected: ${going}, should be there (availability)`,
        [part]: expect.stringContaining(`False Progressing: ${going}`),
      });

      await emulator.setLifecycles({ [lifecycle]: { deleting: 0 } });
      await emulator.release(lifecycle);
      await controller.converge(networkKey);
      expect(controller.conditions(networkKey)['Drifted']).toBe('False NoDrift: AWS is as it was left');
      expect(await changesSince()).toEqual([]);
      isUntouched = true;
    },
  );
});
