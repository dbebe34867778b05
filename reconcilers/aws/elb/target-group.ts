import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { fullNameIn } from './arn.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { isRouting, writeRouting } from './target-group-attributes.ts';
import { listTargetGroups } from './target-group-list.ts';
import type { TargetGroupOutputs, TargetGroupSpec, TargetHealthCheck } from './target-group-spec.ts';
import { changeTags, elbTags, readTags } from './tags.ts';

/** Where a listener forwards to, and how it finds out whether a target is well. */
export const TargetGroup: ResourceType<TargetGroupSpec, TargetGroupOutputs, Aws> = {
  name: 'elb/target-group',
  fields: {
    name: { severity: 'availability', immutable: true },
    protocol: { severity: 'security', immutable: true },
    port: { severity: 'availability', immutable: true },
    vpcId: { severity: 'availability', immutable: true },
    targetType: { severity: 'availability', immutable: true },
    healthCheck: { severity: 'availability' },
    deregistrationDelaySeconds: { severity: 'availability' },
    stickiness: { severity: 'availability' },
    algorithm: { severity: 'availability' },
    slowStartSeconds: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listTargetGroups,
  create,

  async update(aws, { id }, spec, changes) {
    if (changes.some(({ field }) => field === 'healthCheck'))
      await aws.elb.send(
        new ModifyTargetGroupCommand({ TargetGroupArn: id, ...healthCheckParameters(spec.healthCheck) }),
      );
    if (changes.some(({ field }) => isRouting(field))) await writeRouting(aws, id, spec);
  },

  /** As long as a listener forwards to it AWS refuses, and it is not ready to go. */
  async delete(aws, { id }) {
    await ifThere(aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: id })));
    elbTags.forget(aws, id);
  },

  async setTags(aws, { id, tags: actual = {} }, tags) {
    elbTags.remember(aws, id, tags);
    await changeTags(aws, id, tags, actual);
  },
};

async function create(
  aws: Aws,
  spec: TargetGroupSpec,
  creation: Creation,
): Promise<Created<TargetGroupOutputs>> {
  // AWS gives back a target group of the same name and settings as if it had just made it, whoever has it.
  const existing = await arnOfName(aws, spec.name);
  if (existing !== undefined) {
    makeSureItIsOurs(`a target group ${spec.name} exists already`, await readTags(aws, existing), creation);
    return { id: existing };
  }
  const { TargetGroups = [] } = await aws.elb.send(
    new CreateTargetGroupCommand({
      Name: spec.name,
      Protocol: spec.protocol,
      Port: spec.port,
      VpcId: spec.vpcId,
      TargetType: spec.targetType,
      ...healthCheckParameters(spec.healthCheck),
      Tags: toSdkTags(creation.tags),
    }),
  );
  const arn = TargetGroups[0]?.TargetGroupArn ?? '';
  elbTags.remember(aws, arn, creation.tags);
  try {
    await writeRouting(aws, arn, spec);
  } catch {
    // An error from here would read as if nothing had been made; the next pass reports what stands in the way.
    return { id: arn };
  }
  return { id: arn, outputs: { arn, name: spec.name, fullName: fullNameIn(arn) } };
}

async function arnOfName({ elb }: Aws, name: string): Promise<string | undefined> {
  try {
    const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ Names: [name] }));
    return TargetGroups[0]?.TargetGroupArn;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function healthCheckParameters(healthCheck: TargetHealthCheck) {
  return {
    HealthCheckProtocol: healthCheck.protocol,
    HealthCheckPort: healthCheck.port,
    HealthCheckPath: healthCheck.path,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: { HttpCode: healthCheck.successCodes },
  };
}
