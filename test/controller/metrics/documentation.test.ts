import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Metrics } from '../../../controller/metrics/metrics.ts';
import { FakeClock } from '../../fake-clock.ts';
import { sampleRecord } from '../state/samples.ts';
import { parseExposition } from './exposition.ts';

type Row = { readonly type: string; readonly labels: readonly string[]; readonly meaning: string };

/** The rows of all tables of docs/metrics.md. */
async function documented(): Promise<ReadonlyMap<string, Row>> {
  const page = await readFile(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
  const rows = page.matchAll(/^\| `(\w+)` \| (\w+) \| (.*?) ?\| (.+) \|$/gm);
  return new Map(
    [...rows].map(([, name = '', type = '', labels = '', meaning = '']) => [
      name,
      { type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label), meaning },
    ]),
  );
}

/** A scrape after everything has happened once, so that every metric has a series. */
async function scraped(): Promise<ReturnType<typeof parseExposition>> {
  const metrics = new Metrics({
    kinds: ['FintechNetwork'],
    clock: new FakeClock(),
    version: '1.2.3',
    workers: 4,
    objects: () => [sampleRecord()],
    running: () => new Map(),
    alertReasons: ['DriftDetected'],
  });
  const drift = [{ severity: 'cost', ignored: false }] as const;
  metrics.drift.observed('FintechNetwork/production/core', { appeared: drift, corrected: drift, drift });
  metrics.aws.called({ service: 's3', operation: 'ListBuckets', outcome: 'success', durationMs: 1 });
  metrics.aws.limited('s3', 10);
  return parseExposition(await metrics.text());
}

test('docs/metrics.md lists exactly the metrics that there are, with their types', async () => {
  const page = await documented();
  const { types } = await scraped();
  const onPage = Object.fromEntries([...page].map(([name, { type }]) => [name, type]));
  expect(onPage).toEqual(Object.fromEntries(types));
});

test('docs/metrics.md lists the labels of every metric, and says what it means', async () => {
  const page = await documented();
  const { series } = await scraped();
  for (const { name, labels } of series) {
    const row = page.get(name) ?? page.get(name.replace(/_(bucket|sum|count)$/, ''));
    const names = Object.keys(labels).filter((label) => label !== 'le');
    expect([name, names.toSorted()]).toEqual([name, row?.labels.toSorted()]);
    expect(row?.meaning.length).toBeGreaterThan(5);
  }
  expect(series.filter(({ name }) => name.startsWith('fintech_')).length).toBeGreaterThan(20);
});
