import { paginateDescribeCacheClusters, type CacheCluster } from '@aws-sdk/client-elasticache';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { collect } from '../pages.ts';

export async function describeCacheClusters({ elasticache: client }: Aws): Promise<readonly CacheCluster[]> {
  return collect(paginateDescribeCacheClusters({ client }, {}), (page) => page.CacheClusters);
}

/** Carries out the deletion of a group of settings, and says who still uses it if that stands in the way. */
export async function deleteUnused(
  aws: Aws,
  deletion: Promise<unknown>,
  isUser: (cluster: CacheCluster) => boolean,
): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const users = (await describeCacheClusters(aws)).filter((cluster) => isUser(cluster));
    const names = new Set(
      users.map(({ ReplicationGroupId, CacheClusterId }) => ReplicationGroupId ?? CacheClusterId),
    );
    if (names.size === 0) throw error;
    throw new NotReady(`is still used by ${[...names].join(', ')}`, { cause: error });
  }
}
