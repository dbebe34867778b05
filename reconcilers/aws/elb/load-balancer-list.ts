import type { Listener, LoadBalancer as SdkLoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { fullNameIn } from './arn.ts';
import { listenersOf } from './listener-read.ts';
import { describeSettings } from './load-balancer-attributes.ts';
import { allLoadBalancers } from './load-balancer-read.ts';
import type { LoadBalancerOutputs, LoadBalancerSpec } from './load-balancer-spec.ts';
import { othersOf } from './other-listeners.ts';
import { elbTags, tagsInIndex } from './tags.ts';

export type ObservedLoadBalancer = Observed<LoadBalancerSpec, LoadBalancerOutputs>;

/** Load balancers by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listLoadBalancers(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLoadBalancer[]> {
  const [indexed, tagsOfListeners, all] = await Promise.all([
    tagsInIndex(aws, 'loadbalancer', queries),
    tagsInIndex(aws, 'listener', queries),
    allLoadBalancers(aws),
  ]);
  const meant = new Set(queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]));
  const found = await Promise.all(
    all
      .filter(({ LoadBalancerArn: arn = '', LoadBalancerName: name = '' }) =>
        [arn, name].some((each) => meant.has(each) || indexed.has(each)),
      )
      .map((item) => observe(aws, item, new Map([...indexed, ...tagsOfListeners]), queries)),
  );
  return found.flat();
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  item: SdkLoadBalancer,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLoadBalancer[]> {
  const arn = item.LoadBalancerArn ?? '';
  try {
    const [tags, listeners] = await Promise.all([
      elbTags.of(aws, arn, indexed.get(arn)),
      listenersOf(aws, arn),
    ]);
    const claims = claimsOn(arn, tags, queries);
    if (claims.length === 0) return [];
    const [settings, ...others] = await Promise.all([
      describeSettings(aws, arn),
      ...claims.map(({ owner }) => othersOf(aws, listeners, owner, indexed)),
    ]);
    return claims.map((claim, index) => ({
      ...claim,
      id: arn,
      ...stateOf(item),
      spec: { ...placeOf(item), ...settings, listenerPorts: portsOf(others[index]) },
      outputs: outputsOf(item),
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

function stateOf({ State }: SdkLoadBalancer): Pick<ObservedLoadBalancer, 'state' | 'message'> {
  if (State?.Code === 'provisioning') return { state: 'pending', message: 'is provisioning' };
  if (State?.Code === 'failed') return { state: 'failed', message: State.Reason ?? 'AWS gives no reason' };
  // Impaired ones route requests; they only lack what they need to grow.
  return { state: 'ready' };
}

function placeOf(item: SdkLoadBalancer) {
  return {
    name: item.LoadBalancerName ?? '',
    scheme: item.Scheme ?? 'internet-facing',
    vpcId: item.VpcId ?? '',
    subnetIds: (item.AvailabilityZones ?? []).map(({ SubnetId = '' }) => SubnetId),
    securityGroupIds: item.SecurityGroups ?? [],
    ipAddressType: item.IpAddressType ?? 'ipv4',
  } as const;
}

function outputsOf(item: SdkLoadBalancer): LoadBalancerOutputs {
  const { LoadBalancerArn: arn = '', LoadBalancerName: name = '', DNSName = '' } = item;
  return {
    arn,
    name,
    dnsName: DNSName,
    canonicalHostedZoneId: item.CanonicalHostedZoneId ?? '',
    fullName: fullNameIn(arn),
  };
}

function portsOf(listeners: readonly Listener[] = []): readonly number[] {
  return listeners.map(({ Port = 0 }) => Port).toSorted((one, other) => one - other);
}
