import type { NodeHandle } from '../../controller/engine/graph.ts';
import { text, type Input, type Inputs } from '../../controller/engine/ref.ts';
import type { DashboardOutputs } from '../aws/cloudwatch/dashboard-spec.ts';
import type { ClusterOutputs } from '../aws/ecs/cluster-spec.ts';
import type { ServiceOutputs } from '../aws/ecs/service-spec.ts';
import type { Image } from './image.ts';
import type { Ingress } from './ingress.ts';
import type { OwnedSecrets } from './secrets.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What people need to find and reach the service. */
export type ApiServiceStatus = {
  readonly url?: string | undefined;
  readonly loadBalancerDnsName?: string | undefined;
  /** The zone that an alias record names. */
  readonly loadBalancerHostedZoneId?: string | undefined;
  readonly clusterArn: string;
  readonly serviceArn: string;
  /** Of the revision that runs: that of before while a deployment is on its way, and after a rollback. */
  readonly taskDefinitionArn: string;
  /** Without a tag; undefined for images of others. */
  readonly repositoryUri?: string | undefined;
  readonly runningCount: number;
  readonly desiredCount: number;
  readonly topicArn: string;
  readonly dashboard: string;
  readonly secrets: readonly SecretStatus[];
};

type SecretStatus = {
  readonly name: string;
  readonly arn: string;
  /** False until a person has put the value of an external one. */
  readonly hasValue: boolean;
};

export type Made = {
  readonly cluster: NodeHandle<ClusterOutputs>;
  readonly service: NodeHandle<ServiceOutputs>;
  readonly image: Image;
  readonly ingress: Ingress | undefined;
  readonly secrets: OwnedSecrets;
  readonly topicArn: Input<string>;
  readonly dashboard: NodeHandle<DashboardOutputs>;
};

export function statusOf(spec: ApiServiceSpec, made: Made): Inputs<ApiServiceStatus> {
  const { cluster, service, image, ingress, secrets } = made;
  const protocol = spec.ingress?.certificateArn === undefined ? 'http' : 'https';
  return {
    url: ingress && text`${protocol}://${ingress.loadBalancer.ref('dnsName')}`,
    loadBalancerDnsName: ingress?.loadBalancer.ref('dnsName'),
    loadBalancerHostedZoneId: ingress?.loadBalancer.ref('canonicalHostedZoneId'),
    clusterArn: cluster.ref('arn'),
    serviceArn: service.ref('arn'),
    taskDefinitionArn: service.ref('taskDefinitionArn'),
    repositoryUri: image.repository?.ref('uri'),
    runningCount: service.ref('runningCount'),
    desiredCount: service.ref('desiredCount'),
    topicArn: made.topicArn,
    dashboard: made.dashboard.ref('name'),
    secrets: [...secrets].map(([name, secret]) => ({
      name,
      arn: secret.ref('arn'),
      hasValue: secret.ref('hasValue'),
    })),
  };
}
