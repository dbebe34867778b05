import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { modernSslPolicy, redirectToHttps, type ListenerOutputs } from '../aws/elb/listener-spec.ts';
import { Listener } from '../aws/elb/listener.ts';
import type { LoadBalancerOutputs } from '../aws/elb/load-balancer-spec.ts';
import type { TargetGroupOutputs } from '../aws/elb/target-group-spec.ts';
import { placeOf } from './load-balancer-place.ts';
import type { IngressSpec } from './spec.ts';

/** Those that the network's security group lets in. */
const http = 80;
const https = 443;

export function portsOf({ certificateArn }: IngressSpec): readonly number[] {
  return certificateArn === undefined ? [http] : [http, https];
}

/** With a certificate requests are served on 443, and 80 redirects there; without one they are served on 80. */
export function addListeners(
  graph: Graph<Aws>,
  ingress: IngressSpec,
  loadBalancer: NodeHandle<LoadBalancerOutputs>,
  targetGroup: NodeHandle<TargetGroupOutputs>,
): readonly NodeHandle<ListenerOutputs>[] {
  const { certificateArn } = ingress;
  const node = (port: number) => `listener-${placeOf(ingress)}-${port}`;
  const common = { loadBalancerArn: loadBalancer.ref('arn') };
  const forward = { type: 'forward', targetGroupArn: targetGroup.ref('arn') } as const;
  const plain = {
    ...common,
    port: http,
    protocol: 'HTTP',
    certificateArn: undefined,
    sslPolicy: undefined,
  } as const;
  if (certificateArn === undefined) return [graph.add(Listener, node(http), { ...plain, action: forward })];
  const encrypted = graph.add(Listener, node(https), {
    ...common,
    port: https,
    protocol: 'HTTPS',
    certificateArn,
    sslPolicy: modernSslPolicy,
    action: forward,
  });
  // Nobody is sent to 443 before something answers there.
  const redirect = { ...plain, action: redirectToHttps };
  return [encrypted, graph.add(Listener, node(http), redirect, { after: [encrypted] })];
}
