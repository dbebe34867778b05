import { CreateTransitGatewayCommand } from '@aws-sdk/client-ec2';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { readAwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startFaultProxy, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { readNetworkState } from '../../network-state.ts';
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
    const look: Looks = { once: undefined, faults: [], slow: undefined };
    const proxy = await startFaultProxy(emulator.endpoint, {
      decide: ({ operation }) => (operation === look.slow ? { delay: 300 } : 'pass'),
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
    await this.clear();
    await this.change(changes);
  }

  /** An account with nothing, and a controller that knows of nothing. */
  async clear(): Promise<void> {
    this.look.once = undefined;
    await this.emulator.reset();
    this.controller.close();
    this.controller = new Controller(this.proxy.endpoint);
  }

  /** What belongs to somebody else, but is connected with the network. */
  async makeTransitGateway(): Promise<string> {
    const { TransitGateway } = await this.clients.ec2.send(new CreateTransitGatewayCommand({}));
    return TransitGateway?.TransitGatewayId ?? '';
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

  /** Everything in the account that a network can have. */
  async state(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
    const [network, { buckets, roles }] = await Promise.all([
      readNetworkState(this.clients),
      readAwsState(this.clients),
    ]);
    return { ...network, buckets, roles };
  }

  /** What a refusal says, without ids, and the hash with which it would be let through. */
  get refusal(): { readonly says: string; readonly hash: string } {
    const stalled = this.conditions['Stalled'] ?? '';
    const [, hash = ''] = /fintech\.global\/approve: "([0-9a-f]{12})"/.exec(stalled) ?? [];
    return { says: stalled.replaceAll(/\((\w+)-[0-9a-f]{17}\)/g, '($1-...)'), hash };
  }

  /** Lets one operation reach AWS later than the others do. */
  slow(operation: string | undefined): void {
    this.look.slow = operation;
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

type Looks = {
  once: (() => Promise<readonly string[]>) | undefined;
  faults: string[];
  slow: string | undefined;
};

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

/** Those of the writes that are asked for, each where it is for the first time: the same list if in this order. */
export function among(writes: readonly string[], wanted: readonly string[]): readonly string[] {
  return [...new Set(writes)].filter((write) => wanted.includes(write));
}
