import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { clientsFor, type Clients } from '../clients.ts';
import type { Call } from '../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import type { Fault, Mode, Point } from './fault.ts';
import type { Run, Struck, SweepLane } from './lane.ts';
import { Life, skip, type Habits } from './life.ts';
import { SkippingClock } from './skipping-clock.ts';
import { Standstill } from './standstill.ts';

/** In milliseconds: a return sets back the time of the controller, and not that which AWS tells of what was made. */
const AHEAD = 600_000;

/** What is known beside the account: by whoever comes back to it. */
type Known = { readonly records: readonly ObjectRecord[]; readonly time: number };

type Moment = Known & Struck;

/**
 * An account, and one life of the controller after another, in this process: a life that is killed reaches
 * AWS and its state no more, and the next one knows what was durable at that moment, when no time has passed yet.
 * Ten times as fast as killing the program, which program.test.ts does, and time is skipped rather than waited for.
 */
export class LifeLane implements SweepLane, AsyncDisposable {
  readonly emulator: Emulator;
  readonly clients: Clients;
  private readonly key: string;
  private readonly habits: Habits;
  private readonly clock = new SkippingClock(AHEAD);
  private manifests: ManifestSet | undefined;
  private records: readonly ObjectRecord[] = [];
  private atCheckpoint: Known = this.known();

  private constructor(emulator: Emulator, key: string, habits: Habits) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.key = key;
    this.habits = habits;
  }

  /** With an empty account as its checkpoint. @param key the object that is looked after */
  static async open(key: string, habits: Habits = {}): Promise<LifeLane> {
    const lane = new LifeLane(await startEmulator(), key, habits);
    await lane.checkpoint();
    return lane;
  }

  loseState(): void {
    this.records = [];
  }

  /** Remembers the account and what is known of it. */
  async checkpoint(): Promise<void> {
    await this.emulator.checkpoint();
    this.atCheckpoint = this.known();
  }

  async returnToCheckpoint(): Promise<void> {
    await this.emulator.returnToCheckpoint();
    this.know(this.atCheckpoint);
  }

  skip(seconds: number): Promise<void> {
    return skip(seconds, { clock: this.clock, emulator: this.emulator });
  }

  /** What the checkout holds from now on. */
  write(manifests: ManifestSet): void {
    this.manifests = manifests;
  }

  async run(fault?: Fault): Promise<Run> {
    const life = this.begin();
    const kill = async (): Promise<void> => {
      life.kill();
      this.records = await life.records();
    };
    const run = await life.live(fault?.asProxyOptions(kill));
    if (run.code !== undefined) this.records = await life.records();
    return run;
  }

  /** @param key what else is to be there, if it is not the object that is looked after */
  async converge(key = this.key): Promise<Run> {
    const life = this.begin(key);
    const run = await life.live();
    this.records = await life.records();
    if (run.code !== 0) throw new Error(`the controller did not come to an end: ${run.said}`);
    return run;
  }

  async *killedAt(points: readonly Point[]): AsyncGenerator<Struck> {
    const moments = await this.momentsOf(points);
    let comeBack = this.emulator.returnToCheckpoint;
    for (const moment of moments.toReversed()) {
      await comeBack();
      this.know(moment);
      yield moment;
      comeBack = this.emulator.returnToEarlierCheckpoint;
    }
    await comeBack();
    this.know(this.atCheckpoint);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of Object.values(this.clients)) client.destroy();
    await this.emulator.stop();
  }

  /** Lives a life to its end, with a checkpoint wherever it could have been killed. */
  private async momentsOf(points: readonly Point[]): Promise<readonly Moment[]> {
    const moments: Moment[] = [];
    const life = this.begin();
    const standstill = new Standstill();
    const look = async (mode: Mode, call: Call): Promise<void> => {
      const point = points.find((one) => one.mode === mode && one.index === call.mutatingIndex);
      if (point === undefined) return;
      await standstill.during(async () => {
        await this.emulator.checkpoint();
        life.reconnect();
        moments.push({ point, call, records: await life.records(), time: this.clock.now() });
      });
    };
    await life.live({
      decide: async (call) => {
        await look('killed-before', call);
        return 'pass' as const;
      },
      beforeForward: () => standstill.depart(),
      afterForward: async (call) => {
        await standstill.arrive();
        await look('killed-after', call);
      },
    });
    return moments;
  }

  private begin(key = this.key): Life {
    const { emulator, clients, clock, manifests, records, habits } = this;
    return new Life({ emulator, clients, clock, key, manifests, records, habits });
  }

  private known(): Known {
    return { records: this.records, time: this.clock.now() };
  }

  private know({ records, time }: Known): void {
    this.records = records;
    this.clock.set(time);
  }
}
