import type { Listener as SdkListener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { loadBalancerOf } from './arn.ts';
import { fromSdkActions } from './listener-action.ts';
import { listenersOf } from './listener-read.ts';
import { allLoadBalancers } from './load-balancer-read.ts';
import type { ListenerOutputs, ListenerSpec } from './listener-spec.ts';
import { elbTags, tagsInIndex } from './tags.ts';

type ObservedListener = Observed<ListenerSpec, ListenerOutputs>;

/** Those of the load balancers of these owners, and of those that had one before. */
export async function listListeners(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedListener[]> {
  const [indexed, tagsOfListeners, all] = await Promise.all([
    tagsInIndex(aws, 'loadbalancer', queries),
    tagsInIndex(aws, 'listener', queries),
    allLoadBalancers(aws),
  ]);
  const known = new Set(
    queries.flatMap((query) => [...query.known.values()].map((id) => loadBalancerOf(id))),
  );
  const loadBalancers = all
    .map(({ LoadBalancerArn: arn = '' }) => arn)
    .filter((arn) => indexed.has(arn) || known.has(arn));
  const listeners = await Promise.all(loadBalancers.map((arn) => listenersOf(aws, arn)));
  const found = await Promise.all(
    listeners.flat().map((listener) => observe(aws, listener, tagsOfListeners, queries)),
  );
  return found.flat();
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  listener: SdkListener,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedListener[]> {
  const arn = listener.ListenerArn ?? '';
  try {
    const tags = await elbTags.of(aws, arn, indexed.get(arn));
    return claimsOn(arn, tags, queries).map((claim) => ({
      ...claim,
      id: arn,
      state: 'ready',
      spec: {
        loadBalancerArn: listener.LoadBalancerArn ?? '',
        port: listener.Port ?? 0,
        protocol: listener.Protocol ?? 'HTTP',
        certificateArn: listener.Certificates?.[0]?.CertificateArn,
        sslPolicy: listener.SslPolicy,
        action: fromSdkActions(listener.DefaultActions),
      },
      outputs: { arn },
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
