import { paginateDescribeLoadBalancers, type LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';
import { SharedRead } from '../shared-read.ts';
import { PAGE_SIZE } from './limits.ts';

const everything = new SharedRead(async ({ elb: client }) => {
  const pages = paginateDescribeLoadBalancers({ client }, { PageSize: PAGE_SIZE });
  return collect(pages, (page) => page.LoadBalancers);
});

/**
 * All of the account and region: asked for by name, one that is missing would hide the others. Load balancers and
 * listeners are looked at together, by one call.
 */
export function allLoadBalancers(aws: Aws): Promise<readonly LoadBalancer[]> {
  return everything.of(aws, '');
}
