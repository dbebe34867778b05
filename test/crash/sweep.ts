import { changesBetween } from '../aws-state.ts';
import { readAccount, type Account } from './account.ts';
import { callNumber, Fault, modes, type Mode } from './fault.ts';
import type { RecordedCall } from '../emulator/fault-proxy.ts';
import type { Lane, Run } from './lane.ts';

/** Where a sweep can let things happen: with the real program, or with the controller in this process. */
export type Sweepable = Pick<Lane, 'clients' | 'emulator' | 'run' | 'converge'>;

/** Something that the program does from its beginning to its end, of which every call is swept over. */
export type Phase<OfLane = Lane> = {
  readonly name: string;
  /** Brings a lane, whatever was in it, to where the phase begins. */
  prepare(lane: OfLane): Promise<void>;
  /** What happens between a fault and the next life. */
  meanwhile?(lane: OfLane): Promise<void>;
  /** Which of the calls of a run that nothing happens to are swept over in this mode; all if it does not say. */
  choose?(writes: readonly RecordedCall[], mode: Mode): readonly number[];
};

export type Sweep = {
  readonly points: number;
  /** How many points there were to be. */
  readonly chosen: number;
  readonly calls: number;
  readonly failures: readonly string[];
};

type Point = { readonly mode: Mode; readonly index: number };

/** Of the points where nothing was written to KMS, every so many are looked at a second time. */
const sampleEvery = 5;

/** Tries every call of a phase in every mode, and compares what it leads to with a run that nothing happened to. */
export async function sweep<OfLane extends Sweepable>(
  phase: Phase<OfLane>,
  lanes: readonly OfLane[],
): Promise<Sweep> {
  const [first] = lanes;
  if (first === undefined) throw new Error('a sweep needs a lane');
  await phase.prepare(first);
  const clean = await first.converge();
  const wanted = await readAccount(first);
  const all = clean.writes.map((_, index) => index);
  const open: Point[] = modes.flatMap((mode) =>
    (phase.choose?.(clean.writes, mode) ?? all).map((index) => ({ mode, index })),
  );
  const chosen = open.length;
  if (chosen === 0) throw new Error(`${phase.name} writes nothing`);
  const failures: string[] = [];
  let points = 0;
  const work = async (lane: OfLane): Promise<void> => {
    for (let point = open.shift(); point !== undefined; point = open.shift()) {
      const fault = new Fault(point.mode, callNumber(point.index));
      await phase.prepare(lane);
      const lookAgain = point.index % sampleEvery === 0;
      const found = await endsAs(wanted, lane, fault, lookAgain, async () => phase.meanwhile?.(lane));
      // A run that was over before the call says nothing about it.
      if (fault.struck !== undefined) points += 1;
      const call = fault.struck?.operation ?? 'that never came';
      failures.push(
        ...found.map((what) => `${phase.name}, ${point.mode}, call ${point.index} ${call}: ${what}`),
      );
    }
  };
  await Promise.all(lanes.map(work));
  return { points, chosen, calls: all.length, failures };
}

/** Lets a fault happen and the program go on; returns what is wrong in the end. */
export async function endsAs(
  wanted: Account,
  lane: Sweepable,
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
  const changes = changesBetween(wanted, await readAccount(lane));
  const wrong = [
    ...failureOf(last),
    ...(changes.length === 0 ? [] : [listing('another end state', changes)]),
  ];
  if (wrong.length > 0) return wrong.map((what) => `${what}\n${last.said}`);
  if (!lookAgain && fault.struck.service !== 'kms') return [];
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
