import type { Clock } from '../../../controller/engine/clock.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ObjectRecord } from '../../../controller/object.ts';
import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, fasterClock, mutating, type Pass } from '../../product.ts';
import { fillSecrets } from './fill-secrets.ts';
import { controllerWithDatabase, service, serviceKey, withoutService, type Changes } from './service.ts';

const mostPasses = 40;

/** A service on an emulator, from its creation to its deletion, while somebody looks on. */
export class ServiceLife {
  readonly emulator: Emulator;
  /** Somebody else's: what they write is seen by nobody. */
  readonly clients: Clients;
  readonly clock: Clock;
  controller: Controller;
  /** Of all objects, as they are in the checkpoint of the emulator. */
  private records: readonly ObjectRecord[];

  /** Network and database are there already, and the service not yet. */
  static async start(clock: Clock = fasterClock(100), changes: Changes = {}): Promise<ServiceLife> {
    const emulator = await startEmulator();
    const controller = await controllerWithDatabase(emulator.endpoint, clock, changes);
    await emulator.checkpoint();
    return new ServiceLife(emulator, controller, clock);
  }

  private constructor(emulator: Emulator, controller: Controller, clock: Clock) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.controller = controller;
    this.clock = clock;
    this.records = [...controller.objects.all.values()];
  }

  /** From now on `clear` goes back to here. */
  async keep(): Promise<void> {
    await this.emulator.checkpoint();
    this.records = [...this.controller.objects.all.values()];
  }

  /** As it was at the start. */
  async clear(): Promise<void> {
    this.controller.close();
    await this.emulator.returnToCheckpoint();
    this.controller = new Controller(this.emulator.endpoint, this.records, this.clock);
  }

  async stop(): Promise<void> {
    this.controller.close();
    await this.emulator.stop();
  }

  async apply(spec: JsonObject = {}, changes: Omit<Changes, 'spec'> = {}): Promise<void> {
    await this.controller.apply(service({ ...changes, spec }));
  }

  /** The checkout after somebody removed the manifest of the service. */
  async remove(changes: Changes = {}): Promise<void> {
    await this.controller.apply(withoutService(changes));
  }

  pass(): Promise<Pass> {
    return this.controller.pass(serviceKey);
  }

  /** Another manifest, and what was done until nothing was left to do; a person puts values into empty secrets. */
  async change(spec: JsonObject = {}, changes: Omit<Changes, 'spec'> = {}): Promise<readonly Pass[]> {
    await this.apply(spec, changes);
    const first = await this.pass();
    await this.fillSecrets();
    return [first, ...(await this.controller.converge(serviceKey, mostPasses))];
  }

  /** What a person does with every secret that is empty. */
  fillSecrets(): Promise<void> {
    return fillSecrets(this.clients);
  }

  /** Passes until one wrote nothing, because all that is left waits for something, or until the service is gone. */
  async untilQuiet(): Promise<readonly Pass[]> {
    const made: Pass[] = [];
    while (!this.isGone && made.length < mostPasses) {
      const pass = await this.pass();
      made.push(pass);
      if (mutating(pass.calls).length === 0) return made;
    }
    if (this.isGone) return made;
    throw new Error(`${serviceKey} still writes after ${mostPasses} passes`);
  }

  get isGone(): boolean {
    return this.controller.objects.get(serviceKey) === undefined;
  }

  condition(type: string): string | undefined {
    return this.controller.conditions(serviceKey)[type];
  }

  get status(): JsonObject {
    return JSON.parse(JSON.stringify(this.controller.record(serviceKey).status));
  }
}

/** `CreateService service`, in the order of their ends. */
export function writesIn(passes: readonly Pass[]): readonly string[] {
  return passes
    .flatMap(({ calls }) => calls)
    .filter((call) => call.mutating)
    .map(writeOf);
}

function writeOf({ operation, node, outcome, errorCode }: AwsCall): string {
  const write = `${operation} ${node ?? ''}`;
  return outcome === 'success' ? write : `${write} (${errorCode ?? outcome})`;
}
