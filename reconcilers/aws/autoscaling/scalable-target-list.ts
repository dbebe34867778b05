import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ownedTags } from '../owned.ts';
import { identityOf } from '../identity.ts';
import { keyIn, namespaceOf, namespaces, type Namespace } from './scalable-target-id.ts';
import { describeNamespace, type TargetWithPolicies } from './scalable-target-search.ts';
import type { ScalableTargetOutputs, ScalableTargetSpec } from './scalable-target-spec.ts';
import { targetTags } from './scalable-target-tags.ts';
import { policyOf } from './scaling-policy.ts';

type ObservedTarget = Observed<ScalableTargetSpec, ScalableTargetOutputs>;

/** The index of tags shows what there is; Application Auto Scaling tells of it by service. */
export async function listScalableTargets(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTarget[]> {
  const indexed = await ownedTags(aws, 'application-autoscaling:scalable-target', queries);
  const known = new Set(queries.flatMap((query) => [...query.known.values()]));
  const described = await describeServices(aws, known, indexed);
  const wanted = described.filter(
    ({ id, target }) => known.has(id) || indexed.has(target.ScalableTargetARN ?? ''),
  );
  const found = await Promise.all(wanted.map((target) => observe(aws, target, indexed, queries)));
  return found.filter((target) => target !== undefined);
}

/** An ARN in the index does not say of which service it is: the others are asked only for what is not found yet. */
async function describeServices(
  aws: Aws,
  known: ReadonlySet<string>,
  indexed: ReadonlyMap<string, Tags>,
): Promise<readonly TargetWithPolicies[]> {
  const likely = new Set([...known].flatMap((id) => serviceOf(id)));
  const found = await describeAll(aws, [...likely]);
  const shown = new Set(found.map(({ target }) => target.ScalableTargetARN));
  if ([...indexed.keys()].every((arn) => shown.has(arn))) return found;
  return [
    ...found,
    ...(await describeAll(
      aws,
      namespaces.filter((namespace) => !likely.has(namespace)),
    )),
  ];
}

function serviceOf(id: string): readonly Namespace[] {
  const key = keyIn(id);
  return key === undefined ? [] : [namespaceOf(key)];
}

async function describeAll(aws: Aws, services: readonly Namespace[]): Promise<readonly TargetWithPolicies[]> {
  return (await Promise.all(services.map((service) => describeNamespace(aws, service)))).flat();
}

/** Undefined if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  { id, target, policies }: TargetWithPolicies,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<ObservedTarget | undefined> {
  const arn = target.ScalableTargetARN ?? '';
  const key = keyIn(id);
  try {
    const tags = await targetTags.of(aws, arn, indexed.get(arn));
    const identity = identityOf(id, tags, queries);
    if (identity === undefined || key === undefined) return undefined;
    return {
      ...identity,
      id,
      state: 'ready',
      spec: {
        ...key,
        minCapacity: target.MinCapacity ?? 0,
        maxCapacity: target.MaxCapacity ?? 0,
        suspended: {
          scaleIn: target.SuspendedState?.DynamicScalingInSuspended ?? false,
          scaleOut: target.SuspendedState?.DynamicScalingOutSuspended ?? false,
          scheduled: target.SuspendedState?.ScheduledScalingSuspended ?? false,
        },
        policies: Object.fromEntries(policies.map((policy) => [policy.PolicyName ?? '', policyOf(policy)])),
      },
      outputs: { arn, resourceId: key.resourceId },
      tags,
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
