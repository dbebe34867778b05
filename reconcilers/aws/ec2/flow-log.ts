import {
  CreateFlowLogsCommand,
  DeleteFlowLogsCommand,
  paginateDescribeFlowLogs,
  type FlowLog as SdkFlowLog,
} from '@aws-sdk/client-ec2';
import type { Observed, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { arnOf } from '../logs/log-group-arn.ts';
import type { FlowLogOutputs, FlowLogSpec } from './flow-log-spec.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from './owned.ts';
import { setTags, tagSpecification } from './tags.ts';
import { throwUnsuccessful } from './unsuccessful.ts';
import { collect } from '../pages.ts';

const flowLogs = new OwnedResources<SdkFlowLog>({
  idFilter: 'flow-log-id',
  idOf: (flowLog) => flowLog.FlowLogId,
  tagsOf: (flowLog) => flowLog.Tags,
  async describe({ ec2: client }, Filter) {
    return collect(paginateDescribeFlowLogs({ client }, { Filter }), (page) => page.FlowLogs);
  },
});

/** Records of the traffic of a VPC. EC2 changes nothing of it but its tags. */
export const FlowLog: ResourceType<FlowLogSpec, FlowLogOutputs, Aws> = {
  name: 'ec2/flow-log',
  fields: {
    vpcId: { severity: 'security', immutable: true },
    trafficType: { severity: 'security', immutable: true },
    destinationType: { severity: 'security', immutable: true },
    destination: { severity: 'security', immutable: true },
    roleArn: { severity: 'security', immutable: true },
    maxAggregationInterval: { severity: 'cosmetic', immutable: true },
  },
  absence: 'security',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await flowLogs.list(aws, queries)).map((flowLog) => observed(aws, flowLog));
  },

  async create(aws, spec, creation) {
    const answer = await aws.ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: 'VPC',
        ResourceIds: [spec.vpcId],
        TrafficType: spec.trafficType,
        LogDestinationType: spec.destinationType,
        LogDestination: spec.destination,
        DeliverLogsPermissionArn: spec.roleArn,
        MaxAggregationInterval: spec.maxAggregationInterval,
        TagSpecifications: tagSpecification('vpc-flow-log', creation.tags),
      }),
    );
    throwUnsuccessful('CreateFlowLogs', answer);
    const flowLogId = answer.FlowLogIds?.[0] ?? '';
    return { id: flowLogId, outputs: { flowLogId } };
  },

  /** None of its fields can be changed. */
  async update() {},

  async delete(aws, current) {
    await ifThere(deleteFlowLog(aws, current.id));
  },

  setTags,
};

async function deleteFlowLog({ ec2 }: Aws, id: string): Promise<void> {
  throwUnsuccessful('DeleteFlowLogs', await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })));
}

function observed(aws: Aws, { item, ...identity }: Owned<SdkFlowLog>): Observed<FlowLogSpec, FlowLogOutputs> {
  return {
    ...identity,
    ...stateOf(item),
    spec: {
      vpcId: item.ResourceId ?? '',
      trafficType: item.TrafficType ?? 'ALL',
      destinationType: item.LogDestinationType ?? 'cloud-watch-logs',
      destination: destinationOf(aws, item),
      roleArn: item.DeliverLogsPermissionArn,
      maxAggregationInterval: item.MaxAggregationInterval ?? 600,
    },
    outputs: { flowLogId: identity.id },
  };
}

function stateOf(flowLog: SdkFlowLog): Pick<Observed, 'state' | 'message'> {
  if (flowLog.DeliverLogsStatus !== 'FAILED') return { state: 'ready' };
  return { state: 'pending', message: `does not deliver: ${flowLog.DeliverLogsErrorMessage ?? 'no reason'}` };
}

/** EC2 shows a log group by its name or by its ARN, with or without the `:*` that means all its streams. */
function destinationOf(aws: Aws, { LogDestination, LogGroupName = '' }: SdkFlowLog): string {
  return LogDestination?.replace(/:\*$/, '') ?? arnOf(aws, LogGroupName);
}
