import type { Service, ServiceDeploymentBrief, ServiceEvent } from '@aws-sdk/client-ecs';
import { primaryOf } from './service-state.ts';

/**
 * What AWS told while a deployment failed, the newest first. What it tells of the rollback and of all that comes
 * afterwards gives no reason, and would be something else every time.
 */
export function eventsOfFailure(service: Service, failed: ServiceDeploymentBrief): readonly string[] {
  const { createdAt: begin, finishedAt } = failed;
  const primary = primaryOf(service);
  const isRolledBack = primary !== undefined && primary.rolloutState !== 'FAILED';
  const end = isRolledBack ? primary.createdAt : finishedAt;
  const during = (service.events ?? []).filter((event) => isBetween(event, begin, end));
  const messages = during.flatMap(({ message = [] }) => message);
  if (!isRolledBack) return messages;
  // What follows in the same moment is about the rollback: the first that names it is the last to be told.
  const first = messages.findLastIndex((message) => message.includes(primary.id ?? 'rolling back'));
  return messages.slice(Math.max(0, first));
}

function isBetween({ createdAt }: ServiceEvent, begin: Date | undefined, end: Date | undefined): boolean {
  if (createdAt === undefined) return false;
  return (begin === undefined || createdAt >= begin) && (end === undefined || createdAt <= end);
}
