import type { FlowLogOutputs, FlowLogSpec } from '../../../../reconcilers/aws/ec2/flow-log-spec.ts';
import { FlowLog } from '../../../../reconcilers/aws/ec2/flow-log.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeLogGroup, toLogGroup } from './flow-log-samples.ts';
import { makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(FlowLog, async (aws): Promise<Fixture<FlowLogSpec, FlowLogOutputs>> => {
  const group = await makeLogGroup(aws, 'contract');
  return {
    spec: async () => toLogGroup(await makeVpc(aws), group),
    removeTags: removeTagsOf(aws),
    fields: {
      vpcId: 'immutable',
      trafficType: 'immutable',
      destinationType: 'immutable',
      destination: 'immutable',
      roleArn: 'immutable',
      maxAggregationInterval: 'immutable',
    },
  };
});
