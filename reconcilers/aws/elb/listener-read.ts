import { paginateDescribeListeners, type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';
import { SharedRead } from '../shared-read.ts';
import { PAGE_SIZE } from './limits.ts';

const listeners = new SharedRead(describe);

/** Of one load balancer; none if it is gone. Load balancers and listeners are looked at together, by one call. */
export function listenersOf(aws: Aws, loadBalancerArn: string): Promise<readonly Listener[]> {
  return listeners.of(aws, loadBalancerArn);
}

async function describe({ elb: client }: Aws, LoadBalancerArn: string): Promise<readonly Listener[]> {
  try {
    const pages = paginateDescribeListeners({ client }, { LoadBalancerArn, PageSize: PAGE_SIZE });
    return await collect(pages, (page) => page.Listeners);
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
