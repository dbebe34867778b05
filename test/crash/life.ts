import { clientsFor, type Clients } from '../clients.ts';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import { messageOf } from '../../controller/engine/errors.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { MemoryStore } from '../../controller/state/memory-store.ts';
import { startFaultProxy } from '../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import { Controller, fasterClock } from '../product.ts';
import type { Fault } from './fault.ts';
import type { Run } from './lane.ts';

/** What a restarted process waits for is over in a fiftieth of the time. */
const HASTE = 50;
/** Milliseconds before it is looked again at what waits. */
const BREATH = 50;
/** More than the longest way to the end takes. */
const MOST_PASSES = 60;

/** What the lives of a lane are lived by. */
export type Habits = {
  /** What somebody else does between two passes of the controller. */
  readonly meanwhile?: (clients: Clients) => Promise<void>;
  /** Whether nothing comes of waiting after this error. */
  readonly isEnd?: (error: unknown) => boolean;
};

/**
 * An account, and one life of the controller after another, in this process: a life that is killed reaches
 * AWS and its state no more, and the next one knows what was durable at that moment. Ten times as fast as
 * killing the program, and without waiting for what settles; the program itself is killed by the other sweeps.
 */
export class LifeLane implements AsyncDisposable {
  readonly emulator: Emulator;
  readonly clients: Clients;
  private readonly key: string;
  private readonly habits: Habits;
  /** Of all lives, as time does not go back where a process ends. */
  private readonly clock = fasterClock(HASTE);
  private manifests: ManifestSet | undefined;
  private records: readonly ObjectRecord[] = [];
  private recordsAtCheckpoint: readonly ObjectRecord[] = [];

  private constructor(emulator: Emulator, key: string, habits: Habits) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.key = key;
    this.habits = habits;
  }

  /** @param key the object that is looked after */
  static async open(key: string, habits: Habits = {}): Promise<LifeLane> {
    return new LifeLane(await startEmulator(), key, habits);
  }

  async reset(): Promise<void> {
    await this.emulator.reset();
    this.loseState();
  }

  loseState(): void {
    this.records = [];
  }

  /** Remembers the account and what is known of it. */
  async checkpoint(): Promise<void> {
    await this.emulator.checkpoint();
    this.recordsAtCheckpoint = this.records;
  }

  async returnToCheckpoint(): Promise<void> {
    await this.emulator.returnToCheckpoint();
    this.records = this.recordsAtCheckpoint;
  }

  /** What the checkout holds from now on. */
  write(manifests: ManifestSet): void {
    this.manifests = manifests;
  }

  /** One life: to its good end, or to the fault that kills it. */
  run(fault?: Fault): Promise<Run> {
    return this.live(this.key, fault);
  }

  /** @param key what else is to be there, if it is not the object that is looked after */
  async converge(key = this.key): Promise<Run> {
    const run = await this.live(key);
    if (run.code !== 0) throw new Error(`the controller did not come to an end: ${run.said}`);
    return run;
  }

  private async live(key: string, fault?: Fault): Promise<Run> {
    const store = new MemoryStore();
    for (const record of this.records) await store.save(record);
    let killed = false;
    const kill = async (): Promise<void> => {
      killed = true;
      this.records = await store.load();
    };
    const options = fault?.asProxyOptions(kill);
    await using proxy = await startFaultProxy(this.emulator.endpoint, {
      decide: async (call) => (killed ? 'cut' : ((await options?.decide?.(call)) ?? 'pass')),
      afterForward: (call) => options?.afterForward?.(call),
    });
    const controller = new Controller(proxy.endpoint, this.records, this.clock, store);
    const said = await this.passes(controller, key, () => killed);
    controller.close();
    const writes = proxy.calls.filter(({ mutating }) => mutating);
    if (killed) return { code: undefined, said: 'killed', writes };
    this.records = await store.load();
    return { code: said === '' ? 0 : 1, said, writes };
  }

  /** What stands in the way in the end; nothing if it has come to a good one. */
  private async passes(controller: Controller, key: string, isOver: () => boolean): Promise<string> {
    if (this.manifests !== undefined) await controller.apply(this.manifests);
    let message = '';
    for (let passes = 0; passes < MOST_PASSES && !isOver(); passes += 1) {
      const { verdict } = await controller.pass(key);
      if (verdict.error === undefined) return '';
      message = messageOf(verdict.error);
      if (this.habits.isEnd?.(verdict.error) === true) return message;
      if (!isOver()) await this.habits.meanwhile?.(this.clients);
      if (!verdict.wrote) await new Promise((resolve) => setTimeout(resolve, BREATH));
    }
    return message;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of Object.values(this.clients)) client.destroy();
    await this.emulator.stop();
  }
}
