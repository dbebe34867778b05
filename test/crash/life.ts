import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import { messageOf, Terminal } from '../../controller/engine/errors.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { MemoryStore } from '../../controller/state/memory-store.ts';
import type { Clients } from '../clients.ts';
import { startFaultProxy, type FaultProxyOptions } from '../emulator/fault-proxy.ts';
import type { Emulator } from '../emulator/start.ts';
import { Controller } from '../product.ts';
import type { Run } from './lane.ts';
import type { SkippingClock } from './skipping-clock.ts';

/** Seconds from one pass to the next, for AWS and for the controller: less than a settle time, of which some is seen. */
const BETWEEN_PASSES = 20;
/** More than the longest way to the end takes. */
const MOST_PASSES = 60;

/** What the lives of a lane are lived by. */
export type Habits = {
  /** What somebody else does between two passes of the controller. */
  readonly meanwhile?: (clients: Clients) => Promise<void>;
  /** Whether nothing comes of waiting after this error. */
  readonly isEnd?: (error: unknown) => boolean;
};

export type LifeOptions = {
  readonly emulator: Emulator;
  readonly clients: Clients;
  readonly clock: SkippingClock;
  /** Of the object that is looked after. */
  readonly key: string;
  /** What the checkout holds; nothing new if it is left out. */
  readonly manifests: ManifestSet | undefined;
  /** What was durable when the life before ended. */
  readonly records: readonly ObjectRecord[];
  readonly habits: Habits;
};

/** One life of the controller in this process, from its start to its good end, or until it is killed. */
export class Life {
  private readonly options: LifeOptions;
  private readonly store = new MemoryStore();
  private isKilled = false;
  private dropConnections = (): void => undefined;

  constructor(options: LifeOptions) {
    this.options = options;
  }

  /** What is durable by now. */
  records(): Promise<readonly ObjectRecord[]> {
    return this.store.load();
  }

  /** From now on it reaches AWS no more. */
  kill(): void {
    this.isKilled = true;
  }

  /** To be called where the emulator closes its connections. */
  reconnect(): void {
    this.dropConnections();
  }

  async live(hooks: FaultProxyOptions = {}): Promise<Run> {
    const { emulator, records, clock } = this.options;
    for (const record of records) await this.store.save(record);
    await using proxy = await startFaultProxy(emulator.endpoint, {
      ...hooks,
      decide: async (call) => (this.isKilled ? 'cut' : ((await hooks.decide?.(call)) ?? 'pass')),
    });
    this.dropConnections = proxy.reconnect;
    const controller = new Controller(proxy.endpoint, records, clock, this.store);
    const said = await this.passes(controller);
    controller.close();
    const writes = proxy.calls.filter(({ mutating }) => mutating);
    if (this.isKilled) return { code: undefined, said: 'killed', writes };
    return { code: said === '' ? 0 : 1, said, writes };
  }

  /** What stands in the way in the end; nothing if it has come to a good one. */
  private async passes(controller: Controller): Promise<string> {
    const { key, manifests, habits, clients } = this.options;
    if (manifests !== undefined) await controller.apply(manifests);
    let message = '';
    for (let passes = 0; passes < MOST_PASSES; passes += 1) {
      const { verdict } = await controller.pass(key);
      if (verdict.error === undefined) return '';
      message = reasonOf(verdict.error);
      if (this.isKilled || habits.isEnd?.(verdict.error) === true) return message;
      await habits.meanwhile?.(clients);
      await skip(BETWEEN_PASSES, this.options);
    }
    return message;
  }
}

/** Lets so many seconds pass, for the controller and for AWS. */
export async function skip(
  seconds: number,
  { clock, emulator }: Pick<LifeOptions, 'clock' | 'emulator'>,
): Promise<void> {
  clock.skip(seconds * 1_000);
  await emulator.elapse(seconds);
}

/** As the program says it. */
function reasonOf(error: unknown): string {
  return error instanceof Terminal ? `${error.reason}: ${messageOf(error)}` : messageOf(error);
}
