import { Connections } from '../connections.ts';
import type { Clock } from '../engine/clock.ts';
import { Engine, type Goal } from '../engine/engine.ts';
import { messageOf, NotReady } from '../engine/errors.ts';
import { hasUnknown, UnknownOfObject } from '../engine/ref.ts';
import { SharedLists } from '../engine/shared-lists.ts';
import type { Rules } from '../manifests/assemble.ts';
import { readManifests } from '../manifests/read.ts';
import { keyOf, type ObjectRecord } from '../object.ts';
import { Objects } from '../objects.ts';
import type { Product } from '../product.ts';
import { MemoryStore } from '../state/memory-store.ts';
import { subjectOf } from '../subject.ts';
import { deletionPolicyOf } from '../annotations.ts';
import { sync } from '../sync.ts';
import { systemClock, toRfc3339 } from '../time.ts';
import { exitCodes, type Output } from './output.ts';
import { hasChanges, planReport, type PlanReport } from './plan-report.ts';
import { planMarkdown, planText } from './render-plan.ts';
import { inForce, printProblems } from './workspace.ts';

export type PlanFormat = 'text' | 'json' | 'markdown';

/** Shows what would happen, computed by the code that would do it. Writes nothing, neither to AWS nor to the state. */
export async function plan<Cloud extends object>(
  directory: string,
  format: PlanFormat,
  records: readonly ObjectRecord[],
  rules: Rules,
  product: Product<Cloud>,
  output: Output,
  clock: Clock = systemClock,
): Promise<number> {
  const reading = inForce(records, await readManifests(directory, rules));
  printProblems(reading, directory, output);
  const objects = new Objects(new MemoryStore(), records);
  const { changed, deleted, blocked } = sync(objects.all, reading, toRfc3339(clock.now()));
  for (const record of [...changed, ...deleted]) await objects.put(record);
  for (const { message } of blocked) output.err(message);
  const planner = {
    objects,
    product,
    connections: new Connections(product),
    engine: new Engine<Cloud>(new SharedLists(), clock),
    clock,
  };
  const keys = [...objects.all.values()].filter(({ kind }) => product.kinds.has(kind)).map(keyOf);
  const reports = await planAll(keys, planner);
  for (const { object, error } of reports)
    if (error !== undefined) output.err(`${object}: no plan: ${error}`);
  output.out(rendered(reports, format, output));
  if (reading.problems.length > 0 || reports.some((report) => report.error !== undefined))
    return exitCodes.failed;
  return reports.some(hasChanges) ? exitCodes.differences : exitCodes.ok;
}

type Planner<Cloud extends object> = {
  readonly objects: Objects;
  readonly product: Product<Cloud>;
  readonly connections: Connections<Cloud>;
  readonly engine: Engine<Cloud>;
  readonly clock: Clock;
};

type Planned = {
  readonly report: PlanReport;
  /** Something that it refers to of another object is not known. */
  readonly isOpen: boolean;
};

/**
 * What objects refer to of each other is in their status, and without a state it is not known before they have been
 * looked at: those that lacked something are planned once more.
 */
async function planAll<Cloud extends object>(
  keys: readonly string[],
  planner: Planner<Cloud>,
): Promise<readonly PlanReport[]> {
  const first = await Promise.all(keys.map((key) => planOne(key, planner)));
  const second = await Promise.all(
    first.map(async (planned, index) => (planned.isOpen ? planOne(keys[index] ?? '', planner) : planned)),
  );
  return second.map(({ report }) => report);
}

async function planOne<Cloud extends object>(object: string, planner: Planner<Cloud>): Promise<Planned> {
  const { objects, product, connections, engine, clock } = planner;
  try {
    const record = objects.get(object);
    if (record === undefined) throw new NotReady('its manifest is missing');
    const environment = objects.environmentOf(record);
    const kind = product.kinds.get(record.kind);
    if (environment === undefined || kind === undefined) throw new NotReady('its Environment is missing');
    const connection = connections.to(environment.aws);
    await connection.verify();
    const subject = subjectOf(record, environment, kind, connection.cloud, objects, clock.now());
    const nothingWritten = { persist: () => Promise.resolve(), signal: AbortSignal.abort() };
    if (record.metadata.deletionTimestamp !== undefined) {
      const goal = deletionGoal(record, objects);
      const going = await engine.plan({ ...subject, ...nothingWritten, goal });
      return { report: planReport(object, going), isOpen: false };
    }
    const looked = await engine.pass({ ...subject, ...nothingWritten, goal: 'observe' });
    await objects.put({ ...record, status: { ...record.status, ...looked.status } });
    const isOpen = looked.plan.steps.some(({ spec }) => hasUnknown(spec, UnknownOfObject));
    return { report: planReport(object, looked.plan), isOpen };
  } catch (error) {
    return { report: { object, cause: 'change', steps: [], error: messageOf(error) }, isOpen: false };
  }
}

function deletionGoal(record: ObjectRecord, objects: Objects): Goal {
  const environment = objects.environmentOf(record);
  return environment !== undefined && deletionPolicyOf(record, environment) === 'Delete'
    ? 'delete'
    : 'retain';
}

function rendered(reports: readonly PlanReport[], format: PlanFormat, output: Output): string {
  if (format === 'json') return JSON.stringify(reports, undefined, 2);
  return format === 'markdown' ? planMarkdown(reports) : planText(reports, output.isTerminal);
}
