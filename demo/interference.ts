import { AuthorizeSecurityGroupIngressCommand, DeleteRouteCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeletePublicAccessBlockCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import type { ShownObject } from './objects.ts';

/** Something that somebody with too many rights does in the console, while nobody looks. */
export type Interference = {
  readonly what: string;
  readonly object: ShownObject;
  readonly run: () => Promise<unknown>;
};

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What can go wrong with these objects. */
export function interferences(endpoint: string, objects: readonly ShownObject[]): readonly Interference[] {
  return objects.flatMap((object) => [
    ...withLake(endpoint, object),
    ...withNetwork(endpoint, object),
    ...withService(endpoint, object),
  ]);
}

function withLake(endpoint: string, object: ShownObject): readonly Interference[] {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const data = object.ids.get('s3/bucket data');
  const logs = object.ids.get('s3/bucket access-logs');
  if (data === undefined || logs === undefined) return [];
  // The data bucket has an object lock, so S3 itself refuses to suspend its versioning.
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  return [
    {
      what: `the versioning of ${logs} is suspended`,
      object,
      run: () => s3.send(new PutBucketVersioningCommand({ Bucket: logs, VersioningConfiguration })),
    },
    {
      what: `the public access block of ${data} is removed`,
      object,
      run: () => s3.send(new DeletePublicAccessBlockCommand({ Bucket: data })),
    },
  ];
}

function withNetwork(endpoint: string, object: ShownObject): readonly Interference[] {
  const ec2 = new EC2Client({ endpoint, region, credentials });
  const GroupId = object.ids.get('ec2/security-group sg-database');
  const [table, RouteTableId] = [...object.ids].find(([node]) => isAppTable(node)) ?? [];
  if (GroupId === undefined || RouteTableId === undefined) return [];
  const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  return [
    {
      what: 'port 22 of the database is opened to the whole internet',
      object,
      run: () => ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] })),
    },
    {
      what: `the default route of ${table?.split(' ')[1]} is deleted`,
      object,
      run: () => ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' })),
    },
  ];
}

function withService(endpoint: string, object: ShownObject): readonly Interference[] {
  const elb = new ElasticLoadBalancingV2Client({ endpoint, region, credentials });
  const ecs = new ECSClient({ endpoint, region, credentials });
  const listener = object.ids.get('elb/listener listener-public-443');
  const service = object.ids.get('ecs/service service');
  const cluster = object.ids.get('ecs/cluster cluster');
  if (listener === undefined || service === undefined || cluster === undefined) return [];
  return [
    {
      what: 'the service is scaled to one task',
      object,
      run: () => ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: 1 })),
    },
    {
      what: 'the HTTPS listener of the load balancer is deleted',
      object,
      run: () => elb.send(new DeleteListenerCommand({ ListenerArn: listener })),
    },
  ];
}

function isAppTable(node: string): boolean {
  return node.startsWith('ec2/route-table routes-app-');
}
