import {
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeploymentBrief,
  type ServiceRevision,
} from '@aws-sdk/client-ecs';
import { same } from '../../../controller/engine/compare.ts';
import { NotReady, Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { sameUnordered } from '../same.ts';
import { nameIn } from './arn.ts';
import { strategyIn } from './capacity-provider-strategy.ts';
import { eventsOfFailure } from './service-events.ts';
import type { ObservedService } from './service-list.ts';
import { loadBalancersIn } from './service-load-balancers.ts';
import { networkIn } from './service-network.ts';
import { describeServices } from './service-search.ts';
import type { ServiceSpec } from './service-spec.ts';

/** As many of the latest events as a message has room for. */
const EVENTS_TOLD = 3;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
const FAILED: ReadonlySet<string> = new Set(['ROLLBACK_FAILED', 'ROLLBACK_SUCCESSFUL', 'STOPPED']);
const FAILING: ReadonlySet<string> = new Set([
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_REQUESTED',
  'STOP_REQUESTED',
]);

/**
 * Throws if the last deployment was of what is wanted, and failed: the circuit breaker would be waited for again, and
 * tasks fail again, to no other end. AWS keeps the deployments of 90 days, so this needs no memory of ours.
 */
export async function makeSureItDidNotFail(
  aws: Aws,
  current: ObservedService,
  spec: ServiceSpec,
): Promise<void> {
  const last = await lastDeployment(aws, current);
  const { status = '', statusReason, targetServiceRevisionArn } = last ?? {};
  const isFailed = FAILED.has(status) || current.spec.failedDeployment !== undefined;
  if (last === undefined || targetServiceRevisionArn === undefined) return;
  if (!isFailed && !FAILING.has(status)) return;
  if (!isOf(await describeRevision(aws, targetServiceRevisionArn), spec)) return;
  const what = `deployment of ${nameIn(spec.taskDefinitionArn)}`;
  if (FAILING.has(status)) throw new NotReady(`${what} failed and is being rolled back`);
  const reason = statusReason === undefined ? '' : `: ${statusReason}`;
  const events = await eventsOf(aws, current, last);
  throw new Terminal('DeploymentFailed', `${what} failed (${status})${reason}${events}`);
}

async function lastDeployment({ ecs }: Aws, { id, spec }: ObservedService) {
  const found: ServiceDeploymentBrief[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(
      new ListServiceDeploymentsCommand({ cluster: spec.clusterArn, service: id, nextToken }),
    );
    found.push(...(page.serviceDeployments ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found.toSorted((one, other) => timeOf(other) - timeOf(one))[0];
}

function timeOf({ createdAt }: ServiceDeploymentBrief): number {
  return createdAt?.getTime() ?? 0;
}

async function describeRevision({ ecs }: Aws, arn: string): Promise<ServiceRevision | undefined> {
  const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] });
  return (await ecs.send(command)).serviceRevisions?.[0];
}

/** Whether it is a deployment of this spec: of everything that AWS would go back from. */
function isOf(revision: ServiceRevision | undefined, spec: ServiceSpec): boolean {
  if (revision === undefined) return false;
  const network = networkIn(revision.networkConfiguration);
  return (
    revision.taskDefinition === spec.taskDefinitionArn &&
    sameUnordered(network.subnetIds, spec.subnetIds) &&
    sameUnordered(network.securityGroupIds, spec.securityGroupIds) &&
    network.assignPublicIp === spec.assignPublicIp &&
    sameUnordered(loadBalancersIn(revision.loadBalancers), spec.loadBalancers) &&
    same(strategyIn(revision.capacityProviderStrategy), spec.capacityProviderStrategy)
  );
}

async function eventsOf(aws: Aws, { id }: ObservedService, failed: ServiceDeploymentBrief): Promise<string> {
  const [service] = await describeServices(aws, [id]);
  const events = service === undefined ? [] : eventsOfFailure(service, failed);
  return events.length === 0 ? '' : `; latest events: ${events.slice(0, EVENTS_TOLD).join(' ')}`;
}
