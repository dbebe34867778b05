import type { ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import type { Dimension } from './scalable-target-spec.ts';

/** Services whose resources are scaled here, with their dimensions. */
const DIMENSIONS = {
  dynamodb: [
    'dynamodb:index:ReadCapacityUnits',
    'dynamodb:index:WriteCapacityUnits',
    'dynamodb:table:ReadCapacityUnits',
    'dynamodb:table:WriteCapacityUnits',
  ],
  ecs: ['ecs:service:DesiredCount'],
  rds: ['rds:cluster:ReadReplicaCount'],
} as const satisfies Partial<Record<ServiceNamespace, readonly Dimension[]>>;

export type Namespace = keyof typeof DIMENSIONS;

export const namespaces: readonly Namespace[] = ['dynamodb', 'ecs', 'rds'];

/** How Application Auto Scaling tells its targets apart. */
export type TargetKey = { readonly resourceId: string; readonly dimension: Dimension };

/** `<dimension> <resource id>`: AWS has an ARN for a target, but takes it for tags only. */
export function idOf({ resourceId, dimension }: TargetKey): string {
  return `${dimension} ${resourceId}`;
}

export function keyIn(id: string): TargetKey | undefined {
  const space = id.indexOf(' ');
  return keyOf(id.slice(space + 1), id.slice(0, space));
}

/** Undefined for a dimension that is not scaled here. */
export function keyOf(resourceId: string, text: string): TargetKey | undefined {
  const all: readonly Dimension[] = namespaces.flatMap((namespace) => DIMENSIONS[namespace]);
  const dimension = all.find((known) => known === text);
  return dimension === undefined ? undefined : { resourceId, dimension };
}

export function namespaceOf({ dimension }: TargetKey): Namespace {
  const namespace = namespaces.find((known) => dimension.startsWith(`${known}:`));
  if (namespace === undefined) throw new TypeError(`${dimension} is of no service that is scaled here`);
  return namespace;
}

/** As every operation on one target takes it. */
export function parametersOf(key: TargetKey) {
  return {
    ServiceNamespace: namespaceOf(key),
    ResourceId: key.resourceId,
    ScalableDimension: key.dimension,
  };
}
