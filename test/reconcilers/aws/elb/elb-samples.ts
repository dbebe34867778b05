import {
  DescribeTagsCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { accessLogDelivery } from '../../../../reconcilers/aws/elb/access-log-policy.ts';
import type { ListenerSpec } from '../../../../reconcilers/aws/elb/listener-spec.ts';
import { usualSettings, type LoadBalancerSpec } from '../../../../reconcilers/aws/elb/load-balancer-spec.ts';
import type { TargetGroupSpec } from '../../../../reconcilers/aws/elb/target-group-spec.ts';
import type { LoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { account } from '../connect.ts';

export const certificate = `arn:aws:acm:eu-west-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;
export const otherCertificate = `arn:aws:acm:eu-west-1:${account}:certificate/00000000-0000-4000-8000-000000000001`;

export function sampleLoadBalancer(name: string, places: LoadBalancerPlaces): LoadBalancerSpec {
  return {
    ...usualSettings,
    name,
    scheme: 'internet-facing',
    vpcId: places.vpcId,
    subnetIds: [places.subnetIds[1], places.subnetIds[0]],
    securityGroupIds: [places.securityGroupIds[0]],
    ipAddressType: 'ipv4',
    listenerPorts: [80, 443],
    deletionProtection: false,
    accessLogs: undefined,
  };
}

export function sampleTargetGroup(name: string, vpcId: string): TargetGroupSpec {
  return {
    name,
    protocol: 'HTTP',
    port: 8080,
    vpcId,
    targetType: 'ip',
    healthCheck: {
      protocol: 'HTTP',
      port: 'traffic-port',
      path: '/health',
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      successCodes: '200',
    },
    deregistrationDelaySeconds: 30,
    stickiness: false,
    algorithm: 'round_robin',
    slowStartSeconds: 0,
  };
}

export function sampleListener(
  loadBalancerArn: string,
  targetGroupArn: string,
  changes: Partial<ListenerSpec> = {},
): ListenerSpec {
  return {
    loadBalancerArn,
    port: 80,
    protocol: 'HTTP',
    certificateArn: undefined,
    sslPolicy: undefined,
    action: { type: 'forward', targetGroupArn },
    ...changes,
  };
}

export function creationOf(owner: string, node: string): Creation {
  return { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
}

export function queryOf(owner: string, known: ReadonlyMap<string, string> = new Map()): OwnerQuery {
  return { owner, names: new Map(), known, unconfirmed: new Set() };
}

/** A bucket that Elastic Load Balancing may write access logs into, below these prefixes. */
export async function makeLogBucket({ s3 }: Aws, Bucket: string, prefixes: readonly string[]): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const Statement = prefixes.map((prefix) =>
    accessLogDelivery(account, `arn:aws:s3:::${Bucket}`, { prefix }),
  );
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

export function changeLoadBalancer({ elb }: Aws, LoadBalancerArn: string, Key: string, Value: string) {
  return elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }));
}

export function changeTargetGroup({ elb }: Aws, TargetGroupArn: string, Key: string, Value: string) {
  return elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }));
}

export async function removeAllTags({ elb }: Aws, arn: string): Promise<unknown> {
  const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  const TagKeys = (TagDescriptions[0]?.Tags ?? []).map(({ Key = '' }) => Key);
  return elb.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys }));
}
