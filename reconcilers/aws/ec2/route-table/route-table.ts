import {
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DisableVgwRoutePropagationCommand,
  EnableVgwRoutePropagationCommand,
  type RouteTable as SdkRouteTable,
} from '@aws-sdk/client-ec2';
import type { Observed, ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { sameUnordered } from '../../same.ts';
import { removeUnused } from '../blockers.ts';
import { OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { associateSubnets, disassociateSubnets, subnetAssociationsOf } from './route-table-associations.ts';
import { addRoutes, removeRoutes, routesOf } from './route-table-routes.ts';
import { routeTables } from './route-table-search.ts';
import type { RouteTableOutputs, RouteTableSpec } from './route-table-spec.ts';

/** Where the traffic of subnets goes. */
export const RouteTable: ResourceType<RouteTableSpec, RouteTableOutputs, Aws> = {
  name: 'ec2/route-table',
  fields: {
    vpcId: { severity: 'availability', immutable: true },
    routes: { severity: 'security' },
    subnetIds: { severity: 'security', equals: sameUnordered },
    propagatingGatewayIds: { severity: 'security', equals: sameUnordered },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await routeTables.list(aws, queries)).map(observed);
  },

  async create(aws, spec, creation) {
    const { RouteTable: table } = await aws.ec2.send(
      new CreateRouteTableCommand({
        VpcId: spec.vpcId,
        TagSpecifications: tagSpecification('route-table', creation.tags),
      }),
    );
    const routeTableId = table?.RouteTableId ?? '';
    try {
      await add(aws, routeTableId, { routes: {}, subnetIds: [], propagatingGatewayIds: [] }, spec);
    } catch {
      // An error from here would read as if no table had been made; the next pass sees what is missing.
      return { id: routeTableId };
    }
    return { id: routeTableId, outputs: { routeTableId } };
  },

  async update(aws, { id, spec: current }, spec) {
    await add(aws, id, current, spec);
    await remove(aws, id, current, spec);
  },

  delete: deleteRouteTable,
  setTags,
};

type Settings = Omit<RouteTableSpec, 'vpcId'>;

function observed({ item, ...identity }: Owned<SdkRouteTable>) {
  return {
    ...identity,
    state: 'ready' as const,
    spec: {
      vpcId: item.VpcId ?? '',
      routes: routesOf(item),
      subnetIds: subnetAssociationsOf(item).map(({ SubnetId = '' }) => SubnetId),
      propagatingGatewayIds: (item.PropagatingVgws ?? []).map(({ GatewayId = '' }) => GatewayId),
    },
    outputs: { routeTableId: identity.id },
  };
}

/** Routes come first: a subnet gets a table that leads somewhere. */
async function add(aws: Aws, RouteTableId: string, current: Settings, wanted: Settings): Promise<void> {
  await addRoutes(aws, RouteTableId, current.routes, wanted.routes);
  for (const GatewayId of without(wanted.propagatingGatewayIds, current.propagatingGatewayIds))
    await aws.ec2.send(new EnableVgwRoutePropagationCommand({ RouteTableId, GatewayId }));
  await associateSubnets(aws, RouteTableId, without(wanted.subnetIds, current.subnetIds));
}

/** And go last. */
async function remove(aws: Aws, RouteTableId: string, current: Settings, wanted: Settings): Promise<void> {
  await disassociateSubnets(aws, RouteTableId, without(current.subnetIds, wanted.subnetIds));
  for (const GatewayId of without(current.propagatingGatewayIds, wanted.propagatingGatewayIds))
    await ifThere(aws.ec2.send(new DisableVgwRoutePropagationCommand({ RouteTableId, GatewayId })));
  await removeRoutes(aws, RouteTableId, current.routes, wanted.routes);
}

/** EC2 deletes only tables that no subnet has; its subnets fall back to the main table of the VPC. */
async function deleteRouteTable(aws: Aws, { id, spec }: Observed<RouteTableSpec, RouteTableOutputs>) {
  await disassociateSubnets(aws, id, spec.subnetIds);
  const removeTable = () => aws.ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }));
  await removeUnused(aws, id, removeTable, () => usersOf(aws, id));
}

async function usersOf(aws: Aws, id: string): Promise<readonly string[]> {
  const [table] = await routeTables.byIds(aws, [id]);
  return (table?.Associations ?? []).map(({ Main, SubnetId, GatewayId = '' }) =>
    Main === true ? `${table?.VpcId ?? ''}, whose main route table it is` : (SubnetId ?? GatewayId),
  );
}

function without(ids: readonly string[], others: readonly string[]): readonly string[] {
  return ids.filter((id) => !others.includes(id));
}
