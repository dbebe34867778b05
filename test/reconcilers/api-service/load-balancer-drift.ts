import {
  CreateListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  RemoveTagsCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { DriftRow } from '../drift-row.ts';
import { loadBalancer, policyOf, securityGroup, subnets, targetGroup } from './names-in-aws.ts';

const node = 'elb/load-balancer load-balancer-public';

/** The load balancer, without its listeners. */
export const loadBalancerDrift: readonly DriftRow[] = [
  attributeRow('takes the protection of the load balancer away', { 'deletion_protection.enabled': 'false' }, [
    'deletionProtection is false, should be true (security)',
  ]),
  attributeRow('switches access logs off', { 'access_logs.s3.enabled': 'false' }, [
    'accessLogs is absent, should be {"bucket":"production-fintech-api-access-logs-123456789012-us-east-1","prefix":""} (security)',
  ]),
  {
    what: 'has access logs written into a bucket of theirs',
    change: async (clients) => {
      const Bucket = 'theirs';
      await clients.s3.send(new CreateBucketCommand({ Bucket }));
      const Principal = { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' };
      const delivery = {
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::theirs/*',
      };
      await clients.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyOf(delivery) }));
      const LoadBalancerArn = await loadBalancer(clients);
      const Attributes = [{ Key: 'access_logs.s3.bucket', Value: Bucket }];
      return clients.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    },
    says: [
      `${node}: accessLogs.bucket is theirs, should be production-fintech-api-access-logs-123456789012-us-east-1 (security)`,
    ],
    leaves: ['buckets.theirs: nothing → *'],
    batch: 2,
  },
  attributeRow(
    'keeps idle connections for an hour, and all of them for a day',
    { 'idle_timeout.timeout_seconds': '3600', 'client_keep_alive.seconds': '86400' },
    [
      'idleTimeoutSeconds is 3600, should be 60 (availability)',
      'clientKeepAliveSeconds is 86400, should be 3600 (availability)',
    ],
  ),
  attributeRow(
    'lets through what is no HTTP',
    {
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.desync_mitigation_mode': 'monitor',
    },
    [
      'dropInvalidHeaders is false, should be true (security)',
      'desyncMitigation is monitor, should be defensive (security)',
    ],
  ),
  attributeRow('switches HTTP/2 off', { 'routing.http2.enabled': 'false' }, [
    'http2 is false, should be true (availability)',
  ]),
  attributeRow(
    'tells targets other things of clients',
    {
      'routing.http.preserve_host_header.enabled': 'true',
      'routing.http.xff_header_processing.mode': 'preserve',
      'routing.http.xff_client_port.enabled': 'true',
      'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'true',
    },
    [
      'preserveHostHeader is true, should be false (availability)',
      'forwardedFor is preserve, should be append (security)',
      'forwardedClientPort is true, should be false (cosmetic)',
      'tlsHeaders is true, should be false (cosmetic)',
    ],
  ),
  attributeRow('lets requests through that the web ACL cannot look at', { 'waf.fail_open.enabled': 'true' }, [
    'wafFailOpen is true, should be false (security)',
  ]),
  {
    what: 'lets clients in by another security group',
    change: async (clients) => {
      const LoadBalancerArn = await loadBalancer(clients);
      const SecurityGroups = [await securityGroup(clients, 'sg-app')];
      return clients.elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups }));
    },
    says: [`${node}: securityGroupIds is ["sg-*"], should be ["sg-*"] (security)`],
  },
  {
    what: 'moves the load balancer to the app subnets',
    change: async (clients) => {
      const LoadBalancerArn = await loadBalancer(clients);
      const Subnets = await subnets(clients, 'app');
      return clients.elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets }));
    },
    says: [`${node}: subnetIds is ["subnet-*"], should be ["subnet-*"] (availability)`],
  },
  {
    what: 'serves requests on a port of theirs',
    change: async (clients) => {
      const LoadBalancerArn = await loadBalancer(clients);
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: await targetGroup(clients) }];
      const settings = { Port: 8080, Protocol: 'HTTP', DefaultActions } as const;
      return clients.elb.send(new CreateListenerCommand({ LoadBalancerArn, ...settings }));
    },
    says: [`${node}: listenerPorts is [80*], should be [80,443] (security)`],
  },
  {
    what: 'takes a tag from the load balancer',
    change: async (clients) => {
      const ResourceArns = [await loadBalancer(clients)];
      return clients.elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ['Environment'] }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
];

function attributeRow(
  what: string,
  attributes: Readonly<Record<string, string>>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: async (clients) => {
      const LoadBalancerArn = await loadBalancer(clients);
      const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
      return clients.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    },
    says: texts.map((text) => `${node}: ${text}`),
  };
}
