import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { DescribeServiceRevisionsCommand, DescribeServicesCommand } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  LoadBalancerNotFoundException,
  type Listener,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetWebACLForResourceCommand, WAFNonexistentItemException } from '@aws-sdk/client-wafv2';
import type { Clients } from '../../clients.ts';

/** How many tasks requests come to. */
export type WaysIn = {
  /** By port, of all load balancers; a redirect counts as what it leads to. */
  readonly answering: Readonly<Record<number, number>>;
  /** Registered where no listener leads to. */
  readonly stranded: number;
  /** Load balancers that answer without a web ACL before them. */
  readonly unguarded: readonly string[];
};

type Balancer = LoadBalancer & { readonly listeners: readonly Listener[]; readonly isGuarded: boolean };

/** Tasks of one revision of the service that run, registered by ECS in a target group. */
type Tasks = {
  readonly running: number;
  readonly targetGroupArn: string;
  /** Where requests may come from, by security group. */
  readonly letsIn: ReadonlySet<string>;
  readonly zones: readonly string[];
};

const place = { cluster: 'production-fintech-api-cluster', service: 'production-fintech-api-service' };

/** By what AWS shows: listeners, what they do, the tasks in their target groups, and the way between the two. */
export async function waysIn(clients: Clients): Promise<WaysIn> {
  const [balancers, tasks] = await Promise.all([balancersOf(clients), tasksOf(clients)]);
  const answering: Record<number, number> = {};
  for (const balancer of balancers)
    for (const { Port = 0 } of balancer.listeners)
      answering[Port] = (answering[Port] ?? 0) + answeringOn(Port, balancer, tasks);
  const led = new Set(balancers.flatMap(({ listeners }) => listeners.map(groupOf)));
  const stranded = tasks.filter(({ targetGroupArn }) => !led.has(targetGroupArn));
  const unguarded = balancers
    .filter(({ isGuarded }) => !isGuarded)
    .filter((balancer) => balancer.listeners.some(({ Port = 0 }) => answeringOn(Port, balancer, tasks) > 0))
    .map(({ LoadBalancerName = '' }) => LoadBalancerName);
  return { answering, stranded: sum(stranded), unguarded };
}

function answeringOn(port: number, balancer: Balancer, tasks: readonly Tasks[]): number {
  const listener = balancer.listeners.find(({ Port }) => Port === port);
  if (listener === undefined) return 0;
  const redirect = listener.DefaultActions?.[0]?.RedirectConfig?.Port;
  if (redirect !== undefined) return answeringOn(Number(redirect), balancer, tasks);
  const group = groupOf(listener);
  return sum(tasks.filter((some) => some.targetGroupArn === group && isReached(some, balancer)));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes: no target is in use in a zone that the load balancer lacks. */
function isReached({ letsIn, zones }: Tasks, { SecurityGroups = [], AvailabilityZones = [] }: Balancer) {
  return (
    SecurityGroups.some((group) => letsIn.has(group)) &&
    zones.every((zone) => AvailabilityZones.some(({ ZoneName }) => ZoneName === zone))
  );
}

function groupOf({ DefaultActions = [] }: Listener): string | undefined {
  return DefaultActions[0]?.TargetGroupArn;
}

async function balancersOf({ elb, waf }: Clients): Promise<readonly Balancer[]> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const found = await Promise.all(
    LoadBalancers.map(async (balancer) => {
      const { LoadBalancerArn } = balancer;
      try {
        const [{ Listeners = [] }, { WebACL }] = await Promise.all([
          elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
          waf.send(new GetWebACLForResourceCommand({ ResourceArn: LoadBalancerArn })),
        ]);
        return [{ ...balancer, listeners: Listeners, isGuarded: WebACL !== undefined }];
      } catch (error) {
        // It went meanwhile.
        if (error instanceof LoadBalancerNotFoundException || error instanceof WAFNonexistentItemException)
          return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

async function tasksOf({ ecs, ec2 }: Clients): Promise<readonly Tasks[]> {
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: place.cluster, services: [place.service] }),
  );
  const running = services[0]?.currentServiceRevisions ?? [];
  const serviceRevisionArns = running.flatMap(({ arn = [] }) => arn);
  if (serviceRevisionArns.length === 0) return [];
  const [{ serviceRevisions = [] }, { SecurityGroups = [] }, { Subnets = [] }] = await Promise.all([
    ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns })),
    ec2.send(new DescribeSecurityGroupsCommand({})),
    ec2.send(new DescribeSubnetsCommand({})),
  ]);
  return serviceRevisions.flatMap(({ serviceRevisionArn, loadBalancers = [], networkConfiguration }) => {
    const { subnets = [], securityGroups = [] } = networkConfiguration?.awsvpcConfiguration ?? {};
    const groups = SecurityGroups.filter(({ GroupId = '' }) => securityGroups.includes(GroupId));
    return loadBalancers.map(({ targetGroupArn = '', containerPort = 0 }) => ({
      running: running.find(({ arn }) => arn === serviceRevisionArn)?.runningTaskCount ?? 0,
      targetGroupArn,
      letsIn: new Set(
        groups
          .flatMap(({ IpPermissions = [] }) => IpPermissions)
          .filter(({ FromPort = 0, ToPort = 0 }) => FromPort <= containerPort && containerPort <= ToPort)
          .flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.flatMap(({ GroupId = [] }) => GroupId)),
      ),
      zones: Subnets.filter(({ SubnetId = '' }) => subnets.includes(SubnetId)).flatMap(
        ({ AvailabilityZone = [] }) => AvailabilityZone,
      ),
    }));
  });
}

function sum(tasks: readonly Tasks[]): number {
  return tasks.reduce((total, { running }) => total + running, 0);
}
