import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertWatcher, type Alert } from '../../controller/alert-watcher.ts';
import type { Drift } from '../../controller/drift.ts';
import { createLog } from '../../controller/log.ts';
import type { Verdict } from '../../controller/reconciler.ts';
import { FakeClock } from '../fake-clock.ts';
import { setOf } from './records.ts';

const drift: Drift = {
  node: 'data',
  type: 's3/bucket',
  field: 'versioning',
  from: 'Suspended',
  to: 'Enabled',
  severity: 'availability',
  ignored: false,
};
const alert: Alert = {
  reason: 'DriftDetected',
  text: 'x',
  objects: ['Thing/production/one'],
  severity: 'cost',
};

let server: Server;
let received: unknown[];
/** What the webhook answers, one after the other, and 200 in the end. */
let answers: number[];
let logged: string[];
let clock: FakeClock;
let stopping: AbortController;
let watcher: AlertWatcher;

beforeEach(async () => {
  received = [];
  answers = [];
  logged = [];
  clock = new FakeClock();
  stopping = new AbortController();
  server = createServer((incoming, response) => {
    incoming.setEncoding('utf8').once('data', (text: string) => {
      received.push(JSON.parse(text));
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const log = createLog({ destination: { write: (line) => void logged.push(line) } });
  watcher = new AlertWatcher(`http://127.0.0.1:${port}/`, log, clock, stopping.signal);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function verdict(...appeared: readonly Drift[]): Verdict {
  return { wrote: false, appeared, corrected: [], removed: false, drift: appeared };
}

/** Lets a delivery go on that waits between two attempts. */
async function untilAsleep(): Promise<void> {
  await expect.poll(() => clock.sleeping, { timeout: 5_000, interval: 5 }).toBe(1);
}

describe('Drift', () => {
  it('of one object is one alert, as severe as the worst of it', async () => {
    const worse = { ...drift, node: 'key', severity: 'security' } as const;
    watcher.reconciled(
      'Thing/production/one',
      verdict(drift, worse, { ...drift, node: 'logs', ignored: true }),
    );
    await expect
      .poll(() => received, { timeout: 5_000 })
      .toEqual([
        {
          reason: 'DriftDetected',
          severity: 'security',
          objects: ['Thing/production/one'],
          text: [
            'Thing/production/one has drifted:',
            's3/bucket data: versioning is Suspended, should be Enabled (availability)',
            's3/bucket key: versioning is Suspended, should be Enabled (security)',
          ].join('\n'),
        },
      ]);
  });

  it('that is left to somebody else alerts nobody', async () => {
    watcher.reconciled('Thing/production/one', verdict({ ...drift, ignored: true }));
    watcher.reconciled('Thing/production/one', verdict());
    await watcher.deliver(alert);
    expect(received).toEqual([alert]);
  });
});

it('Blocked deletions are told once, however often the manifests are read, and again when they change', async () => {
  const blocked = { objects: ['Thing/production/one'], message: 'nothing is deleted' };
  const set = setOf([]);
  watcher.synced(set, [blocked]);
  watcher.synced(set, [blocked]);
  await expect.poll(() => received, { timeout: 5_000 }).toHaveLength(1);
  expect(received).toEqual([
    {
      reason: 'DeletionBlocked',
      severity: 'availability',
      objects: ['Thing/production/one'],
      text: 'nothing is deleted',
    },
  ]);
  watcher.synced(set, []);
  watcher.synced(set, [blocked]);
  await expect.poll(() => received, { timeout: 5_000 }).toHaveLength(2);
});

describe('A webhook that does not take an alert', () => {
  it('is tried again with growing delays', async () => {
    answers = [500, 503];
    const delivery = watcher.deliver(alert);
    await untilAsleep();
    await clock.advance(1_000);
    await untilAsleep();
    await clock.advance(5_000);
    await delivery;
    expect(received).toEqual([alert, alert, alert]);
    expect(logged).toEqual([]);
  });

  it('is given up after four attempts, and the alert is in the log', async () => {
    answers = [500, 500, 500, 500];
    const delivery = watcher.deliver(alert);
    for (const delay of [1_000, 5_000, 25_000]) {
      await untilAsleep();
      await clock.advance(delay);
    }
    await delivery;
    expect(received).toHaveLength(4);
    expect(logged.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'error', ...alert, error: 'the webhook answered 500', msg: 'alert was not delivered' },
    ]);
  });

  it('is given up at once when the daemon stops', async () => {
    answers = [500];
    const delivery = watcher.deliver(alert);
    await untilAsleep();
    stopping.abort();
    await delivery;
    expect(received).toHaveLength(1);
    expect(logged).toHaveLength(1);
  });
});
