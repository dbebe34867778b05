import { beforeEach, describe, expect, test } from 'vitest';
import { AccessDenied, Conflict, NotReady, Terminal, Throttled } from '../../../controller/engine/errors.ts';
import { Metrics } from '../../../controller/metrics/metrics.ts';
import type { ObjectRecord } from '../../../controller/object.ts';
import { priorities, Queue } from '../../../controller/queue.ts';
import { FakeClock } from '../../fake-clock.ts';
import { sampleRecord } from '../state/samples.ts';
import { parseExposition, valueOf } from './exposition.ts';

const kinds = ['Environment', 'FintechNetwork', 'DataLake'];
const key = 'FintechNetwork/production/core';
const core = { kind: 'FintechNetwork', namespace: 'production', name: 'core' };

let clock: FakeClock;
let objects: ObjectRecord[];
let running: ReadonlyMap<string, number>;
let metrics: Metrics;

beforeEach(() => {
  clock = new FakeClock(Date.UTC(2026, 0, 1, 0, 11));
  objects = [];
  running = new Map();
  metrics = new Metrics({
    kinds,
    clock,
    version: '1.2.3',
    workers: 4,
    objects: () => objects,
    running: () => running,
    alertReasons: ['DriftDetected'],
  });
});

async function value(
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  return valueOf(await metrics.text(), name, labels);
}

describe('before anything has happened', () => {
  test('each kind has every series with 0, so that dashboards and alerts see the first event', async () => {
    const { series, types } = parseExposition(await metrics.text());
    const perKind = [...types.keys()].filter((name) =>
      /^(controller_runtime|workqueue)_|^fintech_drift_/.test(name),
    );
    expect(perKind.length).toBe(17);
    for (const name of perKind) {
      const found = series.filter((each) => each.name.startsWith(name));
      const named = new Set(
        found.map(({ labels }) => labels['controller'] ?? labels['name'] ?? labels['kind']),
      );
      expect([name, named]).toEqual([name, new Set(kinds)]);
      const nonzero = found.filter((each) => each.value !== 0).map((each) => each.name);
      expect(nonzero).toEqual(name.endsWith('max_concurrent_reconciles') ? [name, name, name] : []);
    }
    const results = series.filter((each) => each.name === 'controller_runtime_reconcile_total');
    expect(new Set(results.map(({ labels }) => labels['result']))).toEqual(
      new Set(['success', 'error', 'requeue', 'requeue_after']),
    );
  });

  test('the version is told, and no object series are there', async () => {
    expect(await value('fintech_build_info', { version: '1.2.3', node: process.versions.node })).toBe(1);
    expect(await value('fintech_alerts_total', { reason: 'DriftDetected' })).toBe(0);
    expect(await value('fintech_object_condition')).toBeUndefined();
  });
});

describe('a reconcile', () => {
  test.each([
    ['success', undefined, 0, 0],
    ['requeue_after', new NotReady('creating'), 0, 0],
    ['requeue_after', new Throttled('slow down'), 0, 0],
    ['error', new Error('failed'), 1, 0],
    ['error', new Conflict('changed'), 1, 0],
    ['error', new AccessDenied('may not'), 1, 0],
    ['error', new Terminal('InvalidSpec', 'wrong'), 1, 1],
  ])('counts as %s when it ends with %s', async (result, error, errors, terminal) => {
    metrics.reconciles.started('DataLake');
    expect(await value('controller_runtime_active_workers', { controller: 'DataLake' })).toBe(1);
    metrics.reconciles.finished('DataLake', 0.3, error);
    const text = await metrics.text();
    const controller = { controller: 'DataLake' };
    expect(valueOf(text, 'controller_runtime_reconcile_total', { ...controller, result })).toBe(1);
    expect(valueOf(text, 'controller_runtime_reconcile_errors_total', controller)).toBe(errors);
    expect(valueOf(text, 'controller_runtime_terminal_reconcile_errors_total', controller)).toBe(terminal);
    expect(valueOf(text, 'controller_runtime_active_workers', controller)).toBe(0);
    expect(valueOf(text, 'controller_runtime_reconcile_time_seconds_sum', controller)).toBe(0.3);
  });

  test('that panics or takes too long is counted', async () => {
    metrics.reconciles.panicked('DataLake');
    metrics.reconciles.timedOut('DataLake');
    expect(await value('controller_runtime_reconcile_panics_total', { controller: 'DataLake' })).toBe(1);
    expect(await value('controller_runtime_reconcile_timeouts_total', { controller: 'DataLake' })).toBe(1);
  });
});

test('the queue shows its depth by priority, its delays, and work that is stuck', async () => {
  const queue = new Queue(clock, metrics.workqueue);
  running = queue.running;
  queue.add(key, { priority: priorities.deletion });
  queue.add('DataLake/production/lake', { retry: true, after: 1_000 });
  const name = core.kind;
  expect(await value('workqueue_depth', { name, priority: '50' })).toBe(1);
  await clock.advance(500);
  await queue.get();
  await clock.advance(90_000);
  const text = await metrics.text();
  expect(valueOf(text, 'workqueue_depth', { name, priority: '50' })).toBe(0);
  expect(valueOf(text, 'workqueue_adds_total', { name })).toBe(1);
  expect(valueOf(text, 'workqueue_retries_total', { name: 'DataLake' })).toBe(1);
  expect(valueOf(text, 'workqueue_queue_duration_seconds_sum', { name })).toBe(0.5);
  expect(valueOf(text, 'workqueue_unfinished_work_seconds', { name })).toBe(90);
  expect(valueOf(text, 'workqueue_longest_running_processor_seconds', { name })).toBe(90);
  queue.done(key);
  expect(await value('workqueue_work_duration_seconds_sum', { name })).toBe(90);
  expect(await value('workqueue_longest_running_processor_seconds', { name })).toBe(0);
});

describe('drift', () => {
  const entry = { severity: 'security', ignored: false } as const;

  test('is counted once, shown as long as it is there, and counted again when it is corrected', async () => {
    metrics.drift.observed(key, { appeared: [entry, entry], corrected: [], drift: [entry, entry] });
    metrics.drift.observed(key, { appeared: [], corrected: [entry], drift: [entry] });
    const labels = { kind: core.kind, severity: 'security' };
    expect(await value('fintech_drift_total', labels)).toBe(2);
    expect(await value('fintech_drift_corrected_total', labels)).toBe(1);
    expect(await value('fintech_drifted_fields', { ...core, severity: 'security' })).toBe(1);
    expect(await value('fintech_drifted_fields', { ...core, severity: 'cost' })).toBe(0);
  });

  test('that is left to somebody else is not counted', async () => {
    const ignored = { ...entry, ignored: true };
    metrics.drift.observed(key, { appeared: [ignored], corrected: [], drift: [ignored] });
    expect(await value('fintech_drift_total', { kind: core.kind, severity: 'security' })).toBe(0);
    expect(await value('fintech_drifted_fields', { ...core, severity: 'security' })).toBe(0);
  });

  test('of an object that is gone has no series', async () => {
    metrics.drift.observed(key, { appeared: [], corrected: [], drift: [entry] });
    metrics.drift.forget(key);
    expect(await value('fintech_drifted_fields', core)).toBeUndefined();
  });
});

describe('objects', () => {
  test('show their conditions as kube-state-metrics does, and when they were looked at', async () => {
    objects = [sampleRecord(), sampleRecord('production', null, 'Environment')];
    const text = await metrics.text();
    const ready = { ...core, type: 'Ready' };
    expect(valueOf(text, 'fintech_object_condition', { ...ready, status: 'True' })).toBe(1);
    expect(valueOf(text, 'fintech_object_condition', { ...ready, status: 'False' })).toBe(0);
    expect(valueOf(text, 'fintech_object_condition', { ...ready, status: 'Unknown' })).toBe(0);
    expect(valueOf(text, 'fintech_object_observation_age_seconds', core)).toBe(60);
    expect(valueOf(text, 'fintech_object_last_observed_timestamp_seconds', core)).toBe(
      Date.UTC(2026, 0, 1, 0, 10) / 1_000,
    );
    expect(valueOf(text, 'fintech_objects', { kind: 'Environment' })).toBe(1);
    const environment = { kind: 'Environment', namespace: '', name: 'production', status: 'True' };
    expect(valueOf(text, 'fintech_object_condition', environment)).toBe(1);
  });

  test('that are gone have no series', async () => {
    objects = [sampleRecord()];
    await metrics.text();
    objects = [];
    const { series } = parseExposition(await metrics.text());
    expect(series.filter(({ labels }) => labels['name'] === 'core')).toEqual([]);
    expect(await value('fintech_objects', { kind: core.kind })).toBe(0);
  });
});

test('calls to AWS are counted by what they are for and what came of them', async () => {
  const call = { service: 's3', operation: 'CreateBucket', durationMs: 250 } as const;
  metrics.aws.called({ ...call, purpose: 'create', outcome: 'throttled' });
  metrics.aws.called({ ...call, purpose: 'create', outcome: 'success' });
  metrics.aws.called({ ...call, operation: 'ListBuckets', outcome: 'success' });
  metrics.aws.limited('s3', 12.5);
  const { service, operation } = call;
  const labels = { service, operation, purpose: 'create', outcome: 'success' };
  expect(await value('fintech_aws_calls_total', labels)).toBe(1);
  expect(await value('fintech_aws_calls_total', { purpose: 'other' })).toBe(1);
  expect(await value('fintech_aws_call_duration_seconds_sum', { service, operation })).toBe(0.5);
  expect(await value('fintech_aws_throttles_total', { service })).toBe(1);
  expect(await value('fintech_aws_rate_limit', { service })).toBe(12.5);
});

test('a reading of the manifests that is not complete does not count as one', async () => {
  metrics.manifests.read({ now: 5_000, readable: true, problems: 2, deletionsBlocked: 0 });
  metrics.manifests.read({ now: 9_000, readable: false, problems: 3, deletionsBlocked: 7 });
  expect(await value('fintech_manifest_last_read_timestamp_seconds')).toBe(5);
  expect(await value('fintech_manifest_problems')).toBe(3);
  expect(await value('fintech_deletions_blocked')).toBe(7);
});

test('alerts are counted by reason', async () => {
  metrics.alerted('DriftDetected');
  expect(await value('fintech_alerts_total', { reason: 'DriftDetected' })).toBe(1);
});
