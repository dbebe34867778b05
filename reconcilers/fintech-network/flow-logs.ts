import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { FlowLog } from '../aws/ec2/flow-log.ts';
import type { VpcOutputs } from '../aws/ec2/vpc/vpc-spec.ts';
import { Role } from '../aws/iam/role.ts';
import { LogGroup } from '../aws/logs/log-group.ts';
import { Bucket } from '../aws/s3/bucket.ts';
import { flowLogBucket } from './flow-log-bucket.ts';
import { flowLogRole } from './flow-log-role.ts';
import type { FlowLogsSpec } from './spec.ts';

/** Who spoke to whom in the VPC. */
export function addFlowLogs(graph: Graph<Aws>, spec: FlowLogsSpec, vpc: NodeHandle<VpcOutputs>): void {
  const common = {
    vpcId: vpc.ref('vpcId'),
    trafficType: spec.trafficType,
    maxAggregationInterval: spec.maxAggregationSeconds,
  };
  // The id holds what cannot be changed, so that the successor records before its predecessor goes.
  const id = `flow-log-${spec.destination.toLowerCase()}-${spec.trafficType.toLowerCase()}`;
  if (spec.destination === 'S3') {
    const bucket = graph.add(Bucket, 'flow-log-bucket', flowLogBucket(graph.place, spec));
    graph.add(FlowLog, id, {
      ...common,
      destinationType: 's3',
      destination: bucket.ref('arn'),
      roleArn: undefined,
    });
    return;
  }
  const name = graph.nameOf('flow-log-group');
  const group = graph.add(LogGroup, 'flow-log-group', {
    name,
    retentionDays: spec.retentionDays,
    kmsKeyArn: undefined,
    logGroupClass: 'STANDARD',
  });
  const role = graph.add(
    Role,
    'flow-log-role',
    flowLogRole(graph.place, graph.nameOf('flow-log-role'), name),
  );
  graph.add(FlowLog, id, {
    ...common,
    destinationType: 'cloud-watch-logs',
    destination: group.ref('arn'),
    roleArn: role.ref('arn'),
  });
}
