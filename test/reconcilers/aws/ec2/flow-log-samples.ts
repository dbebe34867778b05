import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { FlowLogSpec } from '../../../../reconcilers/aws/ec2/flow-log-spec.ts';

export async function makeLogGroup({ logs, region, account }: Aws, logGroupName: string): Promise<string> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  return `arn:aws:logs:${region}:${account}:log-group:${logGroupName}`;
}

export function toLogGroup(vpcId: string, destination: string): FlowLogSpec {
  return {
    vpcId,
    trafficType: 'ALL',
    destinationType: 'cloud-watch-logs',
    destination,
    roleArn: 'arn:aws:iam::123456789012:role/flow-logs',
    maxAggregationInterval: 60,
  };
}

export function toBucket(vpcId: string, destination: string): FlowLogSpec {
  return {
    vpcId,
    trafficType: 'REJECT',
    destinationType: 's3',
    destination,
    roleArn: undefined,
    maxAggregationInterval: 600,
  };
}
