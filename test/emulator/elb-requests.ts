import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type CreateListenerCommandInput,
  type CreateLoadBalancerCommandInput,
  type CreateTargetGroupCommandInput,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerPlaces } from './elb-places.ts';

/** Load balancers, target groups and listeners as somebody makes them with the SDK alone; each tells its ARN. */
export class ElbRequests {
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly places: LoadBalancerPlaces;

  constructor(elb: ElasticLoadBalancingV2Client, places: LoadBalancerPlaces) {
    this.elb = elb;
    this.places = places;
  }

  async balancer(changes: Partial<CreateLoadBalancerCommandInput> = {}): Promise<string> {
    const { subnetIds, securityGroupIds } = this.places;
    const { LoadBalancers = [] } = await this.elb.send(
      new CreateLoadBalancerCommand({
        Name: 'api',
        Subnets: subnetIds.slice(0, 2),
        SecurityGroups: [securityGroupIds[0]],
        ...changes,
      }),
    );
    return LoadBalancers[0]?.LoadBalancerArn ?? '';
  }

  async group(changes: Partial<CreateTargetGroupCommandInput> = {}): Promise<string> {
    const { TargetGroups = [] } = await this.elb.send(
      new CreateTargetGroupCommand({
        Name: 'api',
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: this.places.vpcId,
        TargetType: 'ip',
        ...changes,
      }),
    );
    return TargetGroups[0]?.TargetGroupArn ?? '';
  }

  async listener(
    LoadBalancerArn: string,
    TargetGroupArn: string,
    changes: Partial<CreateListenerCommandInput> = {},
  ): Promise<string> {
    const { Listeners = [] } = await this.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
        ...changes,
      }),
    );
    return Listeners[0]?.ListenerArn ?? '';
  }
}
