import { DescribeServicesCommand, type Service } from '@aws-sdk/client-ecs';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { clusterIn } from './arn.ts';
import { SERVICES_PER_CALL } from './limits.ts';

/** Services that are there, whatever their clusters: AWS describes those of one cluster per call. */
export async function describeServices(aws: Aws, arns: Iterable<string>): Promise<readonly Service[]> {
  const byCluster = Map.groupBy(arns, (arn) => clusterIn(arn));
  const calls = [...byCluster].flatMap(([cluster, services]) => batchesOf(aws, cluster, services));
  return (await Promise.all(calls)).flat();
}

function batchesOf(aws: Aws, cluster: string, services: readonly string[]) {
  const calls: Promise<readonly Service[]>[] = [];
  for (let start = 0; start < services.length; start += SERVICES_PER_CALL)
    calls.push(describeBatch(aws, cluster, services.slice(start, start + SERVICES_PER_CALL)));
  return calls;
}

/** What is deleted may be shown as INACTIVE for as long as AWS likes, and goes with its cluster. */
async function describeBatch({ ecs }: Aws, cluster: string, services: string[]): Promise<readonly Service[]> {
  try {
    const { services: found = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services, include: ['TAGS'] }),
    );
    return found.filter(({ status }) => status !== 'INACTIVE');
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
