import { changesBetween } from '../aws-state.ts';
import { readAccount, type Account } from './account.ts';
import type { Choice } from './choice.ts';
import { callNumber, Fault, modes, type Point } from './fault.ts';
import type { Lane, Run, Struck, SweepLane } from './lane.ts';
import type { LifeLane } from './life-lane.ts';

/** Something that the controller does from its beginning to its end, of which every call is swept over. */
export type Phase<OfLane = LifeLane> = {
  readonly name: string;
  /** Brings a lane, whatever was in it, to where the phase begins. */
  prepare(lane: OfLane): Promise<void>;
  /** What happens between a fault and the next life. */
  meanwhile?(lane: OfLane): Promise<void>;
  readonly choose: Choice;
};

export type Sweep = {
  readonly points: number;
  /** How many points there were to be. */
  readonly chosen: number;
  readonly calls: number;
  readonly failures: readonly string[];
  /** What it leads to where nothing happens, and so at every point that is no failure. */
  readonly account: Account;
};

/** Of the points where nothing was written to KMS, every so many are looked at a second time. */
const sampleEvery = 5;

/** Of each of these moments of one life, the emulator keeps a process. */
const killedAtOnce = 50;

/** Tries every call of a phase in every mode, and compares what it leads to with a run that nothing happened to. */
export async function sweep<OfLane extends SweepLane>(phase: Phase<OfLane>, lane: OfLane): Promise<Sweep> {
  await phase.prepare(lane);
  const clean = await lane.converge();
  const wanted = await readAccount(lane);
  const chosen: readonly Point[] = modes.flatMap((mode) =>
    phase.choose(clean.writes, mode).map((index) => ({ mode, index })),
  );
  if (chosen.length === 0) throw new Error(`${phase.name} writes nothing`);
  const failures: string[] = [];
  const reached = new Set<Point>();
  for await (const { point, call, last } of lives(phase, lane, chosen)) {
    reached.add(point);
    const lookAgain = point.index % sampleEvery === 0 || call.service === 'kms';
    const found = await isAs(wanted, lane, last, lookAgain);
    const where = `${phase.name}, ${point.mode}, call ${point.index} ${call.operation}`;
    failures.push(...found.map((what) => `${where}: ${what}`));
  }
  // A run that was over before the call says nothing about it.
  const missed = chosen.filter((point) => !reached.has(point));
  failures.push(...missed.map(({ mode, index }) => `${phase.name}, ${mode}, call ${index} never came`));
  return {
    points: reached.size,
    chosen: chosen.length,
    calls: clean.writes.length,
    failures,
    account: wanted,
  };
}

/** The last of the lives that come of each point, in the order in which that takes least time. */
async function* lives<OfLane extends SweepLane>(
  phase: Phase<OfLane>,
  lane: OfLane,
  points: readonly Point[],
): AsyncGenerator<Struck & { readonly last: Run }> {
  const killed = points.filter(({ mode }) => mode !== 'response-lost');
  for (let first = 0; first < killed.length; first += killedAtOnce) {
    await phase.prepare(lane);
    for await (const struck of lane.killedAt(killed.slice(first, first + killedAtOnce))) {
      await phase.meanwhile?.(lane);
      yield { ...struck, last: await lane.run() };
    }
  }
  for (const point of points) {
    if (killed.includes(point)) continue;
    const fault = new Fault(point.mode, callNumber(point.index));
    await phase.prepare(lane);
    const last = await lane.run(fault);
    if (fault.struck !== undefined) yield { point, call: fault.struck, last };
  }
}

/** Lets a fault happen and the controller go on; returns what is wrong in the end. */
export async function endsAs(
  wanted: Account,
  lane: Lane,
  fault: Fault,
  lookAgain: boolean,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const hit = await lane.run(fault);
  if (fault.struck === undefined) return [`the run ended before it\n${hit.said}`];
  if (fault.mode !== 'response-lost' && hit.code !== undefined)
    return [`the program was to be killed and ended with ${hit.code}\n${hit.said}`];
  await meanwhile();
  const last = fault.mode === 'response-lost' ? hit : await lane.run();
  return isAs(wanted, lane, last, lookAgain);
}

/** What is wrong after the last life; a further one is to find nothing to do. */
async function isAs(wanted: Account, lane: Lane, last: Run, lookAgain: boolean): Promise<readonly string[]> {
  const changes = changesBetween(wanted, await readAccount(lane));
  const wrong = [
    ...failureOf(last),
    ...(changes.length === 0 ? [] : [listing('another end state', changes)]),
  ];
  if (wrong.length > 0) return wrong.map((what) => `${what}\n${last.said}`);
  if (!lookAgain) return [];
  const again = await lane.run();
  const written = again.writes.map(({ operation }) => operation);
  return [...failureOf(again), ...(written.length === 0 ? [] : [listing('a further run writes', written)])];
}

export function summaryOf({ name }: { readonly name: string }, { points, calls }: Sweep): string {
  return `crash sweep, ${name}: ${points} points of ${calls} calls x ${modes.length} modes, all the same end state`;
}

function failureOf({ code, said }: Run): readonly string[] {
  return code === 0 ? [] : [`the program ended with ${code ?? 'a signal'}\n${said}`];
}

function listing(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}
