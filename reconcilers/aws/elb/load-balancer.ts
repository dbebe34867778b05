import type { Change, Interruption, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { protectionOf } from '../deletion-protection.ts';
import { sameUnordered } from '../same.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { createLoadBalancer } from './load-balancer-creation.ts';
import { deleteLoadBalancer } from './load-balancer-deletion.ts';
import { listLoadBalancers, type ObservedLoadBalancer } from './load-balancer-list.ts';
import type { LoadBalancerOutputs, LoadBalancerSpec } from './load-balancer-spec.ts';
import { writeLoadBalancer } from './load-balancer-update.ts';
import { changeTags, elbTags } from './tags.ts';

/** An application load balancer with its settings. Its listeners are nodes of their own. */
export const LoadBalancer: ResourceType<LoadBalancerSpec, LoadBalancerOutputs, Aws> = {
  name: 'elb/load-balancer',
  fields: {
    name: { severity: 'availability', immutable: true },
    scheme: { severity: 'security', immutable: true },
    vpcId: { severity: 'availability', immutable: true },
    subnetIds: { severity: 'availability', equals: sameUnordered },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    ipAddressType: { severity: 'availability' },
    listenerPorts: {
      severity: 'security',
      equals: (wanted, actual) => actual.every((port) => wanted.includes(port)),
    },
    deletionProtection: { severity: 'security' },
    accessLogs: { severity: 'security' },
    idleTimeoutSeconds: { severity: 'availability' },
    clientKeepAliveSeconds: { severity: 'availability' },
    dropInvalidHeaders: { severity: 'security' },
    desyncMitigation: { severity: 'security' },
    http2: { severity: 'availability' },
    preserveHostHeader: { severity: 'availability' },
    forwardedFor: { severity: 'security' },
    forwardedClientPort: { severity: 'cosmetic' },
    tlsHeaders: { severity: 'cosmetic' },
    wafFailOpen: { severity: 'security' },
  },
  absence: 'availability',
  holdsData: false,
  // Its successor has another DNS name, and until it stands nobody is served.
  irreplaceable: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listLoadBalancers,
  create: createLoadBalancer,
  update: writeLoadBalancer,
  delete: deleteLoadBalancer,
  protection: ({ spec }) => protectionOf(spec.deletionProtection),
  interruptionOf,

  async setTags(aws, { id, tags: actual = {} }, tags) {
    elbTags.remember(aws, id, tags);
    await changeTags(aws, id, tags, actual);
  },
};

/** Connections to a zone that is taken out end; clients find those that are left by DNS. */
function interruptionOf({ spec }: ObservedLoadBalancer, { field, to }: Change): Interruption {
  if (field !== 'subnetIds' || !Array.isArray(to)) return 'none';
  return spec.subnetIds.every((subnetId) => to.includes(subnetId)) ? 'none' : 'failover';
}
