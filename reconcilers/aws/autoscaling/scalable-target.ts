import {
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { idOf, parametersOf } from './scalable-target-id.ts';
import { listScalableTargets } from './scalable-target-list.ts';
import type { ScalableTargetOutputs, ScalableTargetSpec } from './scalable-target-spec.ts';
import { changeTargetTags, readTargetTags, targetTags } from './scalable-target-tags.ts';
import { writePolicies } from './scaling-policy.ts';

/** One capacity of a cluster, table, index or service that Application Auto Scaling moves between two bounds. */
export const ScalableTarget: ResourceType<ScalableTargetSpec, ScalableTargetOutputs, Aws> = {
  name: 'autoscaling/scalable-target',
  fields: {
    resourceId: { severity: 'availability', immutable: true },
    dimension: { severity: 'availability', immutable: true },
    minCapacity: { severity: 'availability' },
    maxCapacity: { severity: 'cost' },
    suspended: { severity: 'availability' },
    policies: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  // Resource and dimension are its name: registering it again changes it.
  uniqueBy: 'name',
  subjectField: 'resourceId',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/autoscaling/application/APIReference/ names a delay of what is shown.
  settleTime: 10_000,

  list: listScalableTargets,
  create: register,

  async update(aws, current, spec, changes) {
    if (changes.some(({ field }) => field !== 'policies'))
      await aws.autoscaling.send(new RegisterScalableTargetCommand(registrationOf(spec)));
    if (changes.some(({ field }) => field === 'policies'))
      await writePolicies(aws, current.spec, spec.policies, current.spec.policies);
  },

  /** Its policies and their alarms go with it. */
  async delete(aws, { spec, outputs }) {
    await ifThere(aws.autoscaling.send(new DeregisterScalableTargetCommand(parametersOf(spec))));
    targetTags.forget(aws, outputs.arn);
  },

  setTags: changeTargetTags,
};

async function register(
  aws: Aws,
  spec: ScalableTargetSpec,
  creation: Creation,
): Promise<Created<ScalableTargetOutputs>> {
  const id = idOf(spec);
  // Registering what is there would change it, whoever has it.
  if (await isThereAndOurs(aws, spec, creation)) return { id };
  const { ScalableTargetARN: arn = '' } = await aws.autoscaling.send(
    new RegisterScalableTargetCommand({ ...registrationOf(spec), Tags: { ...creation.tags } }),
  );
  targetTags.remember(aws, arn, creation.tags);
  try {
    await writePolicies(aws, spec, spec.policies, {});
  } catch {
    // An error from here would read as if nothing had been registered; the next pass reports what stands in the way.
    return { id };
  }
  return { id, outputs: { arn, resourceId: spec.resourceId } };
}

function registrationOf(spec: ScalableTargetSpec) {
  return {
    ...parametersOf(spec),
    MinCapacity: spec.minCapacity,
    MaxCapacity: spec.maxCapacity,
    SuspendedState: {
      DynamicScalingInSuspended: spec.suspended.scaleIn,
      DynamicScalingOutSuspended: spec.suspended.scaleOut,
      ScheduledScalingSuspended: spec.suspended.scheduled,
    },
  };
}

/** Throws if it is somebody else's. */
async function isThereAndOurs(aws: Aws, spec: ScalableTargetSpec, creation: Creation): Promise<boolean> {
  const { ResourceId, ...place } = parametersOf(spec);
  const { ScalableTargets = [] } = await aws.autoscaling.send(
    new DescribeScalableTargetsCommand({ ...place, ResourceIds: [ResourceId] }),
  );
  const arn = ScalableTargets[0]?.ScalableTargetARN;
  if (arn === undefined) return false;
  const what = `${spec.dimension} of ${spec.resourceId} is scaled already by ${arn}`;
  makeSureItIsOurs(what, await readTargetTags(aws, arn), creation);
  return true;
}
