import { afterAll, beforeAll, beforeEach } from 'vitest';
import { describeDrift } from '../../controller/drift.ts';
import type { Clock } from '../../controller/engine/clock.ts';
import type { Mode } from '../../controller/environment.ts';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { changesBetween } from '../aws-state.ts';
import { clientsFor, type Clients } from '../clients.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import { Controller, fasterClock, type Pass } from '../product.ts';

/** How an object of a kind comes to be, and how it is looked at. */
export type DriftingKind<Account = Clients> = {
  /** Of the object. */
  readonly key: string;
  readonly manifests: (mode: Mode) => ManifestSet;
  /** A controller that has made the object in mode Enforce, and all that it needs. */
  readonly create: (endpoint: string, clock: Clock) => Promise<Controller>;
  /** Everything in the account that the object can have, comparable. */
  readonly read: (clients: Clients) => Promise<unknown>;
  /** The account as somebody else has it before him now. */
  readonly account: (clients: Clients, controller: Controller) => Account;
  /** Writes names for the ids that are known now; not given where there are none in what is told. */
  readonly namer?: (controller: Controller) => (text: string) => string;
  /** Set where AWS makes one change of a resource after the other: passes may have to wait for those before. */
  readonly oneByOne?: true;
};

/** An object that was made once, and is as it was then at the beginning of each test. */
export class DriftingObject<Account = Clients> {
  readonly kind: DriftingKind<Account>;
  readonly emulator: Emulator;
  /** Somebody else's: what they write is seen by nobody. */
  readonly clients: Clients;
  readonly clock: Clock;
  controller: Controller;
  /** Set while everything is as it was made, so that a test need not go back. */
  isUntouched = true;
  private readonly made: unknown;
  private readonly records: readonly ObjectRecord[];

  static async create<Account>(kind: DriftingKind<Account>): Promise<DriftingObject<Account>> {
    const emulator = await startEmulator();
    const clock = fasterClock(100);
    const controller = await kind.create(emulator.endpoint, clock);
    const made = await kind.read(clientsFor(emulator.endpoint));
    await emulator.checkpoint();
    return new DriftingObject(kind, emulator, clock, controller, made);
  }

  private constructor(
    kind: DriftingKind<Account>,
    emulator: Emulator,
    clock: Clock,
    controller: Controller,
    made: unknown,
  ) {
    this.kind = kind;
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.clock = clock;
    this.controller = controller;
    this.made = made;
    this.records = [...controller.objects.all.values()];
  }

  async begin(): Promise<void> {
    if (!this.isUntouched) await this.goBack();
    this.isUntouched = false;
  }

  async stop(): Promise<void> {
    this.controller.close();
    await this.emulator.stop();
  }

  apply(mode: Mode): Promise<unknown> {
    return this.controller.apply(this.kind.manifests(mode));
  }

  pass(): Promise<Pass> {
    return this.controller.pass(this.kind.key);
  }

  converge(): Promise<readonly Pass[]> {
    return this.controller.converge(this.kind.key);
  }

  read(): Promise<unknown> {
    return this.kind.read(this.clients);
  }

  /** What is not as it was made. */
  async changes(): Promise<readonly string[]> {
    return changesBetween(this.made, await this.read());
  }

  get account(): Account {
    return this.kind.account(this.clients, this.controller);
  }

  get namer(): (text: string) => string {
    return this.kind.namer?.(this.controller) ?? ((text) => text);
  }

  get conditions(): Readonly<Record<string, string>> {
    return this.controller.conditions(this.kind.key);
  }

  eventsOf(reason: string): readonly string[] {
    const { events } = this.controller.record(this.kind.key);
    return events.filter((event) => event.reason === reason).map(({ message }) => message);
  }

  private async goBack(): Promise<void> {
    this.controller.close();
    await this.emulator.returnToCheckpoint();
    this.controller = new Controller(this.emulator.endpoint, this.records, this.clock);
    // A process that starts reads everything, and takes turns afterwards.
    const { verdict } = await this.pass();
    if (verdict.drift.length > 0)
      throw new Error(`drift from the start: ${verdict.drift.map(describeDrift).join('; ')}`);
  }
}

/** One object for all tests of a file. */
export function oneObject<Account>(kind: DriftingKind<Account>): () => DriftingObject<Account> {
  let made: DriftingObject<Account> | undefined;
  const object = (): DriftingObject<Account> => {
    if (made === undefined) throw new Error(`there is no ${kind.key} yet`);
    return made;
  };
  beforeAll(async () => {
    made = await DriftingObject.create(kind);
  });
  beforeEach(() => object().begin());
  afterAll(() => made?.stop());
  return object;
}
