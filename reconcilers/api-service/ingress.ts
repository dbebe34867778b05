import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ListenerOutputs } from '../aws/elb/listener-spec.ts';
import { elbNameOf } from '../aws/elb/load-balancer-name.ts';
import { usualSettings, type LoadBalancerOutputs } from '../aws/elb/load-balancer-spec.ts';
import { LoadBalancer } from '../aws/elb/load-balancer.ts';
import type { TargetGroupOutputs } from '../aws/elb/target-group-spec.ts';
import type { WebAclOutputs } from '../aws/waf/web-acl-spec.ts';
import { addAccessLogs } from './access-logs.ts';
import { addListeners, portsOf } from './listeners.ts';
import { placeOf } from './load-balancer-place.ts';
import type { Network } from './network.ts';
import type { ApiServiceSpec, IngressSpec } from './spec.ts';
import { addTargetGroup } from './target-group.ts';
import { addWebAcl } from './web-acl.ts';

export type Ingress = {
  readonly loadBalancer: NodeHandle<LoadBalancerOutputs>;
  readonly targetGroup: NodeHandle<TargetGroupOutputs>;
  readonly webAcl: NodeHandle<WebAclOutputs> | undefined;
  /** A target group can be used by a service only after a listener forwards to it. */
  readonly listeners: readonly NodeHandle<ListenerOutputs>[];
};

/** The way in; undefined for a worker. */
export function addIngress(graph: Graph<Aws>, spec: ApiServiceSpec, network: Network): Ingress | undefined {
  const { ingress } = spec;
  if (ingress === undefined) return undefined;
  const loadBalancer = addLoadBalancer(graph, ingress, network);
  const targetGroup = addTargetGroup(graph, spec, ingress, network);
  const listeners = addListeners(graph, ingress, loadBalancer, targetGroup);
  return { loadBalancer, targetGroup, listeners, webAcl: addWebAcl(graph, ingress, loadBalancer) };
}

function addLoadBalancer(
  graph: Graph<Aws>,
  ingress: IngressSpec,
  network: Network,
): NodeHandle<LoadBalancerOutputs> {
  const place = placeOf(ingress);
  const logs = addAccessLogs(graph, ingress);
  return graph.add(LoadBalancer, `load-balancer-${place}`, {
    ...usualSettings,
    name: elbNameOf(graph.nameOf(place)),
    scheme: ingress.scheme,
    vpcId: network.vpcId,
    subnetIds: place === 'public' ? network.publicSubnetIds : network.appSubnetIds,
    securityGroupIds: [network.loadBalancerGroup],
    ipAddressType: 'ipv4',
    listenerPorts: portsOf(ingress),
    deletionProtection: ingress.deletionProtection,
    accessLogs: logs && { bucket: logs.ref('name'), prefix: '' },
    idleTimeoutSeconds: parseDuration(ingress.idleTimeout) / 1_000,
  });
}
