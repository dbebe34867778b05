import {
  AssociateRouteTableCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteTableAssociationCommand,
  type RouteTable,
  type RouteTableAssociation,
} from '@aws-sdk/client-ec2';
import { Conflict } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { routeTables } from './route-table-search.ts';

/** The associations of subnets, as far as they hold; gateways and the VPC itself (`main`) can have some too. */
export function subnetAssociationsOf({ Associations = [] }: RouteTable): readonly RouteTableAssociation[] {
  return Associations.filter(({ SubnetId, AssociationState }) => {
    const state = AssociationState?.State;
    return (
      SubnetId !== undefined && (state === undefined || state === 'associated' || state === 'associating')
    );
  });
}

/** A subnet that has another table changes over in one call. */
export async function associateSubnets(
  aws: Aws,
  RouteTableId: string,
  subnetIds: readonly string[],
): Promise<void> {
  const associations = await associationsBySubnet(aws, subnetIds);
  for (const SubnetId of subnetIds) {
    const association = associations.get(SubnetId);
    const AssociationId = association?.RouteTableAssociationId;
    if (association?.RouteTableId === RouteTableId) continue;
    if (AssociationId === undefined)
      await aws.ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    else await changeOver(aws, { RouteTableId, AssociationId, SubnetId });
  }
}

/** If the other table gives the subnet up at the same moment, it must not stay without one until the next pass. */
async function changeOver(
  { ec2 }: Aws,
  move: { readonly RouteTableId: string; readonly AssociationId: string; readonly SubnetId: string },
): Promise<void> {
  const { RouteTableId, AssociationId, SubnetId } = move;
  try {
    await ec2.send(new ReplaceRouteTableAssociationCommand({ RouteTableId, AssociationId }));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  }
}

/** Those that have another table meanwhile keep it: changing over gives an association a new id. */
export async function disassociateSubnets(
  aws: Aws,
  routeTableId: string,
  subnetIds: readonly string[],
): Promise<void> {
  const associations = await associationsBySubnet(aws, subnetIds);
  for (const { RouteTableId, RouteTableAssociationId } of associations.values()) {
    if (RouteTableId === routeTableId)
      await ifThere(
        aws.ec2.send(new DisassociateRouteTableCommand({ AssociationId: RouteTableAssociationId })),
      );
  }
}

async function associationsBySubnet(
  aws: Aws,
  subnetIds: readonly string[],
): Promise<ReadonlyMap<string, RouteTableAssociation>> {
  const tables = await routeTables.filtered(aws, 'association.subnet-id', subnetIds);
  const associations = tables.flatMap(subnetAssociationsOf);
  const bySubnet = associations.map((association) => [association.SubnetId ?? '', association] as const);
  return new Map(bySubnet.filter(([subnetId]) => subnetIds.includes(subnetId)));
}
