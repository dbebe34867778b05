import {
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { mutating } from '../../product.ts';
import { unmatched } from '../../unmatched.ts';
import { testDrift, told } from '../drift-suite.ts';
import { oneObject } from '../drifting-object.ts';
import type { Network } from './drift-rows.ts';
import { driftingNetwork } from './drifting-network.ts';
import { networkAclDrift, securityGroupDrift } from './firewall-drift.ts';
import { deleteEndpoint, deleteNat, endpointDrift, gatewayDrift } from './gateway-drift.ts';
import { logDrift } from './log-drift.ts';
import { routingDrift } from './routing-drift.ts';
import { vpcDrift } from './vpc-drift.ts';

const object = oneObject(driftingNetwork);

testDrift(object, [
  ...vpcDrift,
  ...networkAclDrift,
  ...securityGroupDrift,
  ...routingDrift,
  ...gatewayDrift,
  ...endpointDrift,
  ...logDrift,
]);

async function addresses(): Promise<readonly string[]> {
  const { Addresses = [] } = await object().clients.ec2.send(new DescribeAddressesCommand({}));
  return Addresses.map(({ AllocationId, PublicIp }) => `${AllocationId} ${PublicIp}`).toSorted();
}

describe('besides', () => {
  test('what AWS adds by itself is no drift', async () => {
    const [tables, acls] = await Promise.all([
      object().clients.ec2.send(
        new DescribeRouteTablesCommand({ RouteTableIds: [object().account.id('routes-data')] }),
      ),
      object().clients.ec2.send(
        new DescribeNetworkAclsCommand({ NetworkAclIds: [object().account.id('acl-data')] }),
      ),
    ]);
    const routes = tables.RouteTables?.[0]?.Routes?.map(
      ({ DestinationCidrBlock, DestinationPrefixListId, GatewayId }) =>
        `${DestinationCidrBlock ?? DestinationPrefixListId} ${GatewayId}`,
    );
    expect(unmatched(['10.0.0.0/16 local', 'pl-* vpce-*', 'pl-* vpce-*'], routes ?? [])).toEqual({
      missing: [],
      unexpected: [],
    });
    const last = acls.NetworkAcls?.[0]?.Entries?.filter(({ RuleNumber }) => RuleNumber === 32_767);
    expect(last).toHaveLength(2);

    const pass = await object().pass();
    expect(pass.verdict.drift).toEqual([]);
    expect(mutating(pass.calls)).toEqual([]);
    object().isUntouched = true;
  });

  test('tags of others are left alone', async () => {
    const Tags = [{ Key: 'backup-plan', Value: 'nightly' }];
    const Resources = ['vpc', 'app-us-east-1a', 'sg-app', 'routes-data'].map(object().account.id);
    await object().clients.ec2.send(new CreateTagsCommand({ Resources, Tags }));
    const pass = await object().pass();
    expect(pass.verdict.drift).toEqual([]);
    expect(mutating(pass.calls)).toEqual([]);
  });

  test('a NAT gateway that is made again has the address of the one that was deleted', async () => {
    const before = await addresses();
    const old = object().account.id('nat-us-east-1a');
    await deleteNat(object().account, 'us-east-1a');
    await object().converge();
    expect(await addresses()).toEqual(before);
    expect(object().account.id('nat-us-east-1a')).not.toBe(old);
    expect(await object().changes()).toEqual([]);
    object().isUntouched = true;
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
      await object().emulator.setLifecycles({ [lifecycle]: { deleting: 'held' } });
      await remove(object().account);
      const going = `${lifecycle} ${node} is being deleted`;
      const pass = await object().pass();
      expect(told([pass])).toEqual([`${going}, should be there (availability)`]);
      const again = await object().pass();
      expect(told([again])).toEqual([]);
      expect(mutating([...pass.calls, ...again.calls])).toEqual([]);
      expect(object().conditions).toMatchObject({
        Ready: `False Progressing: ${going}`,
        Drifted: `True DriftDetected: ${going}, should be there (availability)`,
        [part]: expect.stringContaining(`False Progressing: ${going}`),
      });

      await object().emulator.setLifecycles({ [lifecycle]: { deleting: 0 } });
      await object().emulator.release(lifecycle);
      await object().converge();
      expect(object().conditions['Drifted']).toBe('False NoDrift: AWS is as it was left');
      expect(await object().changes()).toEqual([]);
      object().isUntouched = true;
    },
  );
});
