import { expect, test } from 'vitest';
import { eventsOfFailure } from '../../../../reconcilers/aws/ecs/service-events.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 31, 12, 0, second));
const event = (second: number, message: string) => ({ createdAt: at(second), message });
const rollback = {
  id: 'ecs-svc/2',
  status: 'PRIMARY',
  rolloutState: 'COMPLETED',
  createdAt: at(30),
} as const;
const failed = { createdAt: at(10), finishedAt: at(40) };

/** The newest first, as AWS shows them. */
const events = [
  event(90, 'has started 1 tasks.'),
  event(40, '(deployment ecs-svc/2) deployment completed.'),
  event(30, 'has started 3 tasks.'),
  event(30, 'rolling back to deployment ecs-svc/2.'),
  event(30, '(deployment ecs-svc/1) deployment failed: tasks failed to start.'),
  event(20, '(port 8080) is unhealthy.'),
  event(5, 'has reached a steady state.'),
];
const ofFailure = [
  'rolling back to deployment ecs-svc/2.',
  '(deployment ecs-svc/1) deployment failed: tasks failed to start.',
  '(port 8080) is unhealthy.',
];

test('What is told of a failure is neither of the time before nor of the rollback', () => {
  expect(eventsOfFailure({ events, deployments: [rollback] }, failed)).toEqual(ofFailure);
});

test('What is told of a failure is told up to the rollback where no event names that', () => {
  const unnamed = events.filter(({ message }) => !message.includes('ecs-svc/2'));
  expect(eventsOfFailure({ events: unnamed, deployments: [rollback] }, failed)).toEqual([
    'has started 3 tasks.',
    ...ofFailure.slice(1),
  ]);
});

test('What is told of a failure is told up to its end where there is nothing to go back to', () => {
  const first = { id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'FAILED', createdAt: at(10) } as const;
  const told = eventsOfFailure({ events: events.slice(4), deployments: [first] }, failed);
  expect(told).toEqual(ofFailure.slice(1));
});
