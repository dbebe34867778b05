import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { clientsFor, type Clients } from '../../aws-state.ts';
import { startFaultProxy, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { Controller, type Pass } from '../../product.ts';
import { networkKey, production } from './network.ts';

/** The network of the contract on an emulator, whose manifest is changed while somebody looks on. */
export class ChangingNetwork {
  readonly emulator: Emulator;
  /** Somebody else's: what they write is seen by nobody. */
  readonly clients: Clients;
  controller: Controller;
  private readonly proxy: FaultProxy;
  private readonly look: Looks;

  static async start(): Promise<ChangingNetwork> {
    const emulator = await startEmulator();
    const look: Looks = { once: undefined, faults: [] };
    const proxy = await startFaultProxy(emulator.endpoint, {
      // Before the caller hears of it, so that nothing that waits for it has begun.
      afterForward: async ({ mutating }) => {
        if (!mutating || look.once === undefined) return;
        try {
          look.faults.push(...(await look.once()));
        } catch (error) {
          look.faults.push(String(error));
        }
      },
    });
    return new ChangingNetwork(emulator, proxy, look);
  }

  private constructor(emulator: Emulator, proxy: FaultProxy, look: Looks) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.proxy = proxy;
    this.look = look;
    this.controller = new Controller(proxy.endpoint);
  }

  /** An account with nothing but this network. */
  async begin(changes: JsonObject = {}): Promise<void> {
    this.look.once = undefined;
    await this.emulator.reset();
    this.controller.close();
    this.controller = new Controller(this.proxy.endpoint);
    await this.change(changes);
  }

  /** Another manifest, and what was done until nothing was left to do. */
  async change(changes: JsonObject, annotations: JsonObject = {}): Promise<readonly Pass[]> {
    await this.apply(changes, annotations);
    return this.controller.converge(networkKey);
  }

  async apply(changes: JsonObject, annotations: JsonObject = {}): Promise<void> {
    await this.controller.apply(production(changes, annotations));
  }

  pass(): Promise<Pass> {
    return this.controller.pass(networkKey);
  }

  /** Looks after every call that writes, and once before; what was found wrong is in the answer. */
  async watch(look: () => Promise<readonly string[]>, action: () => Promise<unknown>): Promise<Watched> {
    const before = this.controller.calls.length;
    this.look.faults = [...(await look())];
    this.look.once = look;
    await action();
    this.look.once = undefined;
    return { faults: this.look.faults, writes: writesOf(this.controller.calls.slice(before)) };
  }

  /** What AWS calls everything in it, by type and node. */
  get ids(): Readonly<Record<string, string>> {
    const { resources } = this.controller.record(networkKey).status;
    return Object.fromEntries(resources.map(({ type, node, id }) => [`${type} ${node}`, id]));
  }

  idOf(node: string): string {
    const { resources } = this.controller.record(networkKey).status;
    return resources.find((resource) => resource.node === node)?.id ?? '';
  }

  get conditions(): Readonly<Record<string, string>> {
    return this.controller.conditions(networkKey);
  }

  async stop(): Promise<void> {
    this.controller.close();
    await this.proxy.stop();
    await this.emulator.stop();
  }
}

type Looks = { once: (() => Promise<readonly string[]>) | undefined; faults: string[] };

export type Watched = { readonly faults: readonly string[]; readonly writes: readonly string[] };

/** `ReplaceRoute routes-app-us-east-1b`, in the order of their ends. */
export function writesOf(calls: readonly AwsCall[]): readonly string[] {
  return calls
    .filter(({ mutating }) => mutating)
    .map(({ operation, node, outcome }) => {
      const write = `${operation} ${node ?? ''}`;
      return outcome === 'success' ? write : `${write} (${outcome})`;
    });
}

export function writesIn(passes: readonly Pass[]): readonly string[] {
  return writesOf(passes.flatMap(({ calls }) => calls));
}

/** Where each of these first is in the writes, which must be one after the other. */
export function inOrder(writes: readonly string[], ...wanted: readonly string[]): boolean {
  const places = wanted.map((write) => writes.indexOf(write));
  return places.every((place, index) => place !== -1 && place > (places[index - 1] ?? -1));
}
