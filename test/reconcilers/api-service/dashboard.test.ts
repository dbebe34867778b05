import { describe, expect, test } from 'vitest';
import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import { monitoring, wanted, watched, worker } from './monitored.ts';

type Monitored = Parameters<typeof monitoring>[0];
type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Widget = Place & { readonly type: string; readonly properties: Fields };

function isWidget(value: unknown): value is Widget {
  if (!isFields(value) || typeof value['type'] !== 'string' || !isFields(value['properties'])) return false;
  return ['x', 'y', 'width', 'height'].every((side) => Number.isInteger(value[side]));
}

function body(of: Monitored = {}): Fields {
  const found = wanted(monitoring(of)).get('dashboard')?.['body'];
  if (!isFields(found)) throw new Error('there is no dashboard');
  return found;
}

function widgets(of: Monitored = {}): readonly Widget[] {
  const { widgets: found } = body(of);
  if (!Array.isArray(found) || !found.every(isWidget)) throw new Error('widgets have a type and a place');
  return found;
}

const headings = (of: Monitored = {}): readonly string[] =>
  widgets(of).flatMap(({ type, properties: { markdown } }) =>
    type === 'text' && typeof markdown === 'string' ? (markdown.match(/(?<=^## ).*/) ?? []) : [],
  );

function titled(title: string, of: Monitored = {}): Fields {
  const found = widgets(of).find(({ properties }) => properties['title'] === title);
  if (found === undefined) throw new Error(`nothing is called ${title}`);
  return found.properties;
}

type Series = readonly unknown[];

function seriesOf({ metrics }: Fields): readonly Series[] {
  return Array.isArray(metrics) ? metrics.filter((one): one is Series => Array.isArray(one)) : [];
}

function optionsOf(series: Series): Fields {
  const options = series.at(-1);
  return isFields(options) ? options : {};
}

/** What an expression is made of: functions are in capitals. */
const namesIn = ({ expression }: Fields): readonly string[] =>
  typeof expression === 'string' ? (expression.match(/\b[a-z]\w*/g) ?? []) : [];

const cellsOf = ({ x, y, width, height }: Place): readonly string[] =>
  Array.from(
    { length: width * height },
    (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
  );

const someServices: readonly [string, Monitored][] = [
  ['of a service with all there can be', {}],
  ['of a service without a web ACL', { watched: { ...watched, webAcl: undefined } }],
  ['of a service without a database', { watched: { ...watched, database: undefined } }],
  ['of a worker', { watched: worker }],
  ['without Container Insights', { spec: { containerInsights: 'disabled' } }],
];

describe.each(someServices)('The dashboard %s', (_, of) => {
  const all = widgets(of);

  test('has every widget inside of its 24 columns, none over another, and no gaps', () => {
    for (const { x, width } of all) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(24);
    }
    const cells = all.flatMap(cellsOf);
    expect(new Set(cells).size).toBe(cells.length);
    const bottom = Math.max(...all.map(({ y, height }) => y + height));
    expect(cells).toHaveLength(24 * bottom);
  });

  test('says in every widget with data of which region they are', () => {
    for (const { properties } of all.filter(({ type }) => type === 'metric' || type === 'log'))
      expect(properties).toMatchObject({ region: 'eu-west-1' });
  });

  test('shows nothing without a statistic, or an expression of what is not there', () => {
    for (const { properties } of all.filter(({ type }) => type === 'metric')) {
      const series = seriesOf(properties);
      expect(series.length).toBeGreaterThan(0);
      const options = series.map(optionsOf);
      for (const one of options) expect(one).toMatchObject({ label: expect.any(String) });
      const ids = options.map(({ id }) => id).filter((id) => id !== undefined);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(options.flatMap(namesIn)));
      const plain = options.filter(({ expression }) => expression === undefined);
      for (const one of plain) expect(one).toMatchObject({ stat: expect.any(String) });
    }
  });

  test('shows the state of every alarm', () => {
    const states = all.find(({ type }) => type === 'alarm');
    const ids = [...wanted(monitoring(of)).keys()].filter((id) => id !== 'dashboard');
    const arns = ids.map((id) => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:production-api-${id}`);
    expect(states?.properties).toMatchObject({ alarms: arns });
  });
});

const limitOf = (title: string) => titled(title)['annotations'];
const limit = (value: number) => ({ horizontal: [{ label: expect.any(String), value }] });
const labelsOfTasks = (of: Monitored) => seriesOf(titled('Tasks', of)).map((one) => optionsOf(one)['label']);

describe('The dashboard', () => {
  test('goes from the outside to the inside, without what is not there', () => {
    expect(headings()).toEqual(['Requests', 'Tasks', 'Database', 'Cache', 'Web ACL']);
    expect(headings({ watched: worker })).toEqual(['Tasks']);
    expect(headings({ watched: { ...watched, webAcl: undefined, database: undefined } })).toEqual([
      'Requests',
      'Tasks',
    ]);
  });

  test('shows graphs beside the numbers at which alarms ring', () => {
    expect(limitOf('Latency')).toEqual(limit(2));
    expect(limitOf('Errors')).toEqual(limit(10));
    expect(limitOf('Processors of the tasks')).toEqual(limit(80));
    expect(limitOf('Memory of the tasks')).toEqual(limit(85));
    expect(limitOf('Free storage and memory of the database')).toEqual(limit(5 * 1024 ** 3));
  });

  test('names metrics with their dimensions one after the other', () => {
    expect(seriesOf(titled('Latency'))[1]).toEqual([
      'AWS/ApplicationELB',
      'TargetResponseTime',
      'LoadBalancer',
      'app/api/0123456789abcdef',
      { label: 'p99', stat: 'p99' },
    ]);
  });

  test('counts running, desired and pending tasks', () => {
    expect(labelsOfTasks({})).toEqual(['Running', 'Desired', 'Pending']);
    expect(labelsOfTasks({ spec: { containerInsights: 'disabled' } })).toEqual(['Running']);
  });

  test('shows the latest errors in the log of the service', () => {
    expect(titled('Recent errors')).toMatchObject({
      view: 'table',
      query: [
        "SOURCE '/ecs/production/api' | fields @timestamp, @logStream, @message",
        '| filter @message like /ERROR/',
        '| sort @timestamp desc',
        '| limit 20',
      ].join('\n'),
    });
  });

  test('is named after the service, and says that changes in the console do not stay', () => {
    expect(wanted(monitoring()).get('dashboard')).toMatchObject({ name: 'production-api-dashboard' });
    expect(widgets()[0]?.properties).toMatchObject({
      markdown: expect.stringContaining('changes back what is changed here'),
    });
  });
});
