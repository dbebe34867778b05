import { fileURLToPath } from 'node:url';
import { Connections } from '../controller/connections.ts';
import type { Clock } from '../controller/engine/clock.ts';
import { Engine } from '../controller/engine/engine.ts';
import { messageOf, Terminal } from '../controller/engine/errors.ts';
import { SharedLists } from '../controller/engine/shared-lists.ts';
import { assemble, type Rules } from '../controller/manifests/assemble.ts';
import type { ManifestSet } from '../controller/manifests/manifest.ts';
import { loadSchemas } from '../controller/manifests/schema.ts';
import type { ObjectRecord } from '../controller/object.ts';
import { Objects } from '../controller/objects.ts';
import { MemoryStore } from '../controller/state/memory-store.ts';
import type { StateStore } from '../controller/state/store.ts';
import type { Product } from '../controller/product.ts';
import { Reconciler, type Verdict } from '../controller/reconciler.ts';
import { sync, type BlockedDeletion } from '../controller/sync.ts';
import { systemClock, toRfc3339 } from '../controller/time.ts';
import type { AwsCall } from '../reconcilers/aws/calls/call.ts';
import { connectAws, type Aws } from '../reconcilers/aws/cloud.ts';
import { kinds } from '../reconcilers/index.ts';

/** What came of one reconcile, and every attempt of every call that it took. */
export type Pass = { readonly verdict: Verdict; readonly calls: readonly AwsCall[] };

/** How manifests are checked, as the product checks them. */
export const rules: Rules = {
  schemas: await loadSchemas(fileURLToPath(new URL('../crds', import.meta.url))),
  kinds: kinds.flatMap((kind) => {
    if (kind.check === undefined) return [];
    return [{ kind: kind.kind, check: (spec, others) => kind.check?.(spec, others) ?? [] }];
  }),
};

/** The whole product on an emulator, without its files, its timers and its queue: a test says when a pass is made. */
export class Controller {
  /** Every attempt of every call, in the order of its end. */
  readonly calls: AwsCall[] = [];
  readonly product: Product<Aws>;
  readonly objects: Objects;
  readonly endpoint: string;
  private readonly reconciler: Reconciler<Aws>;
  private readonly clock: Clock;
  private readonly closing: (() => void)[] = [];

  /** @param records what the controller remembers of a life before; nothing where its state was lost */
  constructor(
    endpoint: string,
    records: Iterable<ObjectRecord> = [],
    clock: Clock = systemClock,
    store: StateStore = new MemoryStore(),
  ) {
    process.env['AWS_ENDPOINT_URL'] = endpoint;
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    this.endpoint = endpoint;
    this.clock = clock;
    this.objects = new Objects(store, records);
    this.product = {
      kinds: new Map(kinds.map((kind) => [kind.kind, kind])),
      connect: (target) => {
        const connection = connectAws(target, { onCall: (call) => this.calls.push(call) }, clock);
        this.closing.push(() => connection.close());
        return { cloud: connection.aws, verify: () => connection.checkAccount() };
      },
    };
    this.reconciler = new Reconciler({
      product: this.product,
      connections: new Connections(this.product),
      objects: this.objects,
      engine: new Engine<Aws>(new SharedLists(), clock),
      clock,
      signal: new AbortController().signal,
    });
  }

  /** Takes a whole reading of the manifests, as the daemon does; what it must not delete is returned. */
  async apply(set: ManifestSet): Promise<readonly BlockedDeletion[]> {
    const { changed, deleted, blocked } = sync(this.objects.all, set, toRfc3339(this.clock.now()));
    for (const record of [...changed, ...deleted]) await this.objects.put(record);
    return blocked;
  }

  async pass(key: string): Promise<Pass> {
    const before = this.calls.length;
    const verdict = await this.reconciler.reconcile(key);
    return { verdict, calls: this.calls.slice(before) };
  }

  /**
   * Passes until nothing is left to do. What only waits for AWS is looked at again after a moment, which is nothing
   * with a fast clock: what settles may take many looks then.
   */
  async converge(key: string, most = 100): Promise<readonly Pass[]> {
    const passes: Pass[] = [];
    for (;;) {
      const pass = await this.pass(key);
      passes.push(pass);
      const { error, wrote } = pass.verdict;
      if (error === undefined) return passes;
      if (error instanceof Terminal || passes.length >= most)
        throw new Error(`${key} did not converge in ${passes.length} passes: ${messageOf(error)}`, {
          cause: error,
        });
      if (!wrote) await this.clock.sleep(250);
    }
  }

  record(key: string): ObjectRecord {
    const record = this.objects.get(key);
    if (record === undefined) throw new Error(`there is no ${key}`);
    return record;
  }

  /** `Ready=True InSync: 5 resources are as the manifest says`, by type. */
  conditions(key: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.record(key).status.conditions.map(({ type, status, reason, message }) => [
        type,
        `${status} ${reason}: ${message}`,
      ]),
    );
  }

  close(): void {
    for (const close of this.closing) close();
  }
}

/** Manifests as a checkout would hold them. A fault in one of them is a fault of the test. */
export function readingOf(...manifests: readonly object[]): ManifestSet {
  const text = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  const reading = assemble([{ file: 'manifests.yaml', bytes: new TextEncoder().encode(text) }], rules);
  const [problem] = reading.problems;
  if (problem !== undefined) throw new Error(`${problem.field ?? ''} ${problem.message}`);
  return reading;
}

export function mutating(calls: readonly AwsCall[]): readonly string[] {
  return calls.filter((call) => call.mutating).map(({ service, operation }) => `${service} ${operation}`);
}

/** Everything that waits, waits this many times less, and what settles has settled this many times sooner. */
export function fasterClock(factor: number): Clock {
  const started = systemClock.now();
  return {
    now: () => started + (systemClock.now() - started) * factor,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / factor, signal),
  };
}
