import { afterAll, beforeAll } from 'vitest';
import type { Clock } from '../../controller/engine/clock.ts';
import type { JsonObject } from '../../controller/manifests/json.ts';
import type { ManifestSet } from '../../controller/manifests/manifest.ts';
import type { ObjectRecord } from '../../controller/object.ts';
import { changesBetween } from '../aws-state.ts';
import { clientsFor, type Clients } from '../clients.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import { Controller, fasterClock, type Pass } from '../product.ts';

/** An object of a kind whose manifest is changed, and what it needs. */
export type ChangingKind = {
  /** Of the object. */
  readonly key: string;
  /** As it is when it is made. */
  readonly spec: JsonObject;
  readonly manifests: (spec: JsonObject) => ManifestSet;
  /** A controller that has made all that the object needs. */
  readonly prepare: (endpoint: string, clock: Clock) => Promise<Controller>;
  /** Everything in the account that the object can have, comparable. */
  readonly read: (clients: Clients) => Promise<unknown>;
  /** What a person does after the first pass with another manifest. */
  readonly help?: (clients: Clients) => Promise<void>;
  /** The calls of which the cases tell. */
  readonly writesIn?: (passes: readonly Pass[]) => readonly string[];
};

/** An object that is made once, and is as it was then, or as another spec has it, at the beginning of each test. */
export class ChangingObject {
  readonly kind: ChangingKind;
  /** What is in the account where it is made by another spec from the start. */
  fresh: unknown;
  /** Somebody else's: what they write is seen by nobody. */
  readonly clients: Clients;
  controller: Controller;
  private readonly emulator: Emulator;
  private readonly clock: Clock;
  private records: readonly ObjectRecord[] = [];
  private made: unknown;
  /** Where a test began. */
  private begun: { readonly spec: JsonObject; readonly state: unknown } | undefined;
  /** Everything is as it was there. */
  private isAsBefore = false;

  static async create(kind: ChangingKind, another?: JsonObject): Promise<ChangingObject> {
    const emulator = await startEmulator();
    const clock = fasterClock(100);
    const object = new ChangingObject(kind, emulator, clock, await kind.prepare(emulator.endpoint, clock));
    await object.keep();
    if (another !== undefined) {
      await object.change(another);
      object.fresh = await object.read();
      await object.goBack();
    }
    await object.change(kind.spec);
    object.made = await object.read();
    await object.keep();
    object.begun = { spec: kind.spec, state: object.made };
    object.isAsBefore = true;
    return object;
  }

  private constructor(kind: ChangingKind, emulator: Emulator, clock: Clock, controller: Controller) {
    this.kind = kind;
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.clock = clock;
    this.controller = controller;
  }

  async stop(): Promise<void> {
    this.controller.close();
    await this.emulator.stop();
  }

  /** Made as at first, and then changed to this spec, unless the test before has left it so. */
  async begin(spec: JsonObject): Promise<void> {
    const isLeftSo = this.isAsBefore && this.begun?.spec === spec;
    this.isAsBefore = false;
    if (isLeftSo) return;
    await this.goBack();
    if (spec === this.kind.spec) {
      this.begun = { spec, state: this.made };
      return;
    }
    await this.change(spec);
    this.begun = { spec, state: await this.read() };
  }

  /** The next test may begin here. */
  leave(): void {
    this.isAsBefore = true;
  }

  async apply(spec: JsonObject): Promise<void> {
    await this.controller.apply(this.kind.manifests(spec));
  }

  pass(): Promise<Pass> {
    return this.controller.pass(this.kind.key);
  }

  /** Another manifest, and what was done until nothing was left to do. */
  async change(spec: JsonObject): Promise<readonly Pass[]> {
    const { help, key } = this.kind;
    await this.apply(spec);
    if (help === undefined) return this.controller.converge(key);
    const first = await this.pass();
    await help(this.clients);
    return [first, ...(await this.controller.converge(key))];
  }

  read(): Promise<unknown> {
    return this.kind.read(this.clients);
  }

  /** What is not as it was where the test began. */
  async changes(): Promise<readonly string[]> {
    return changesBetween(this.begun?.state, await this.read());
  }

  condition(type: string): string {
    return this.controller.conditions(this.kind.key)[type] ?? '';
  }

  get reasons(): readonly string[] {
    return this.controller.record(this.kind.key).events.map(({ reason }) => reason);
  }

  private async keep(): Promise<void> {
    await this.emulator.checkpoint();
    this.records = [...this.controller.objects.all.values()];
  }

  private async goBack(): Promise<void> {
    this.controller.close();
    await this.emulator.returnToCheckpoint();
    this.controller = new Controller(this.emulator.endpoint, this.records, this.clock);
  }
}

/** One for all tests of a file, or of a part of it. */
export function oneObject(kind: ChangingKind, another?: JsonObject): () => ChangingObject {
  let made: ChangingObject | undefined;
  beforeAll(async () => {
    made = await ChangingObject.create(kind, another);
  });
  afterAll(() => made?.stop());
  return () => {
    if (made === undefined) throw new Error(`there is no ${kind.key} yet`);
    return made;
  };
}
