import {
  CreateRouteCommand,
  DeleteRouteCommand,
  ReplaceRouteCommand,
  type Route,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { AlreadyExists } from '../../outcome.ts';
import type { RouteTableSpec } from './route-table-spec.ts';
import { destinationOf, destinationParameter, targetOf, targetParameter } from './route-target.ts';

type Routes = RouteTableSpec['routes'];

/** What AWS calls the targets of routes that it adds by itself. */
const TARGETS_OF_AWS: ReadonlySet<string> = new Set(['local', 'VpcLattice']);

/** The routes that somebody chose; those of AWS itself are not ours to compare. */
export function routesOf({ Routes: routes = [] }: RouteTable): Routes {
  const chosen = routes.filter((route) => !isOfAws(route));
  return Object.fromEntries(chosen.map((route) => [destinationOf(route), targetOf(route)]));
}

/** A destination whose target changes has a route at every moment. */
export async function addRoutes(aws: Aws, id: string, current: Routes, wanted: Routes): Promise<void> {
  for (const [destination, target] of Object.entries(wanted)) {
    if (current[destination] === target) continue;
    const route = { RouteTableId: id, ...destinationParameter(destination), ...targetParameter(target) };
    if (current[destination] === undefined) await createRoute(aws, route);
    else await aws.ec2.send(new ReplaceRouteCommand(route));
  }
}

export async function removeRoutes(aws: Aws, id: string, current: Routes, wanted: Routes): Promise<void> {
  for (const destination of Object.keys(current)) {
    if (wanted[destination] === undefined)
      await ifThere(deleteRoute(aws, { RouteTableId: id, ...destinationParameter(destination) }));
  }
}

/** One that is there already, not shown yet or made by somebody else, is led to where it should. */
async function createRoute({ ec2 }: Aws, route: CreateRouteCommand['input']): Promise<void> {
  try {
    await ec2.send(new CreateRouteCommand(route));
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    await ec2.send(new ReplaceRouteCommand(route));
  }
}

/**
 * A route inside the VPC cannot be deleted; one that somebody led elsewhere becomes local again:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
 */
async function deleteRoute({ ec2 }: Aws, route: DeleteRouteCommand['input']): Promise<void> {
  try {
    await ec2.send(new DeleteRouteCommand(route));
  } catch (error) {
    if (!(error instanceof Terminal)) throw error;
    await ec2.send(new ReplaceRouteCommand({ ...route, LocalTarget: true }));
  }
}

/** Routes of gateway endpoints belong to these: their prefix list can lead nowhere else. */
function isOfAws({ GatewayId, DestinationPrefixListId, Origin }: Route): boolean {
  const ofEndpoint = DestinationPrefixListId !== undefined && GatewayId?.startsWith('vpce-') === true;
  const propagated = Origin === 'EnableVgwRoutePropagation' || Origin === 'Advertisement';
  return ofEndpoint || propagated || TARGETS_OF_AWS.has(GatewayId ?? '');
}
