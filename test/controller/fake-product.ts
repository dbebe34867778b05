import { Connections } from '../../controller/connections.ts';
import { Engine } from '../../controller/engine/engine.ts';
import type { AnyKind } from '../../controller/engine/kind.ts';
import { SharedLists } from '../../controller/engine/shared-lists.ts';
import type { Drift } from '../../controller/drift.ts';
import type { ManifestObject } from '../../controller/manifests/manifest.ts';
import type { Condition, ObjectRecord } from '../../controller/object.ts';
import { Objects } from '../../controller/objects.ts';
import type { Product } from '../../controller/product.ts';
import { Reconciler, type Verdict } from '../../controller/reconciler.ts';
import { sync } from '../../controller/sync.ts';
import { toRfc3339 } from '../../controller/time.ts';
import { FakeClock } from '../fake-clock.ts';
import { FakeCloud, type FakeProcess } from '../fake-cloud.ts';
import { fakeKind, type FakeNode } from '../fake-kind.ts';
import { fakeType } from '../fake-types.ts';
import { manifest, setOf } from './records.ts';

export const types = [
  fakeType('table', { uniqueBy: 'name', holdsData: true }),
  fakeType('server', { uniqueBy: 'token' }),
  fakeType('slow', { uniqueBy: 'name', creationTime: 5_000 }),
];

/** The parts of the daemon that decide, on a cloud in memory and a clock that stands still. */
export class FakeProduct {
  readonly clock = new FakeClock();
  readonly cloud = new FakeCloud(this.clock);
  readonly stopping = new AbortController();
  /** Told before anything was corrected, with how many calls had been written by then. */
  readonly drifted: { readonly drift: readonly Drift[]; readonly writes: number }[] = [];
  readonly product: Product<FakeProcess>;
  readonly objects: Objects;
  readonly reconciler: Reconciler<FakeProcess>;
  /** What the check of the account throws. */
  accountError: Error | undefined;
  /** What saving a record throws. */
  storeError: Error | undefined;

  constructor(kind: AnyKind<FakeProcess> = fakeKind(types)) {
    const process = this.cloud.connect();
    const verify = async (): Promise<void> => {
      if (this.accountError !== undefined) throw this.accountError;
    };
    const save = async (): Promise<void> => {
      if (this.storeError !== undefined) throw this.storeError;
    };
    this.objects = new Objects({ save, remove: save });
    this.product = { kinds: new Map([['Thing', kind]]), connect: () => ({ cloud: process, verify }) };
    this.reconciler = new Reconciler({
      product: this.product,
      connections: new Connections(this.product),
      objects: this.objects,
      engine: new Engine<FakeProcess>(new SharedLists(0), this.clock),
      clock: this.clock,
      signal: this.stopping.signal,
      onDrift: (_record, drift) => void this.drifted.push({ drift, writes: this.cloud.writes }),
    });
  }

  /** Takes these manifests for all that there are. */
  async apply(...manifests: readonly ManifestObject[]): Promise<void> {
    const now = toRfc3339(this.clock.now());
    const { changed, deleted } = sync(this.objects.all, setOf(manifests), now);
    for (const record of [...changed, ...deleted]) await this.objects.put(record);
  }

  pass(key = 'Thing/production/one'): Promise<Verdict> {
    return this.reconciler.reconcile(key);
  }

  /** Passes until there is nothing to do. */
  async converge(key?: string): Promise<void> {
    for (let passes = 0; passes < 10; passes += 1) {
      const { error } = await this.pass(key);
      if (error === undefined) return;
      await this.clock.advance(2_000);
    }
    throw new Error('it does not converge');
  }

  record(key = 'Thing/production/one'): ObjectRecord {
    const record = this.objects.get(key);
    if (record === undefined) throw new Error(`there is no ${key}`);
    return record;
  }

  condition(type: string, key?: string): Condition | undefined {
    return this.record(key).status.conditions.find((condition) => condition.type === type);
  }
}

/** An object that is made of these nodes. */
export function thing(
  nodes: readonly FakeNode[],
  {
    name = 'one',
    annotations = {},
    spec = {},
  }: {
    readonly name?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly spec?: object;
  } = {},
): ManifestObject {
  return manifest('Thing', 'production', name, { nodes, ...spec }, annotations);
}

/** One server of this size. */
export function server(size: number): FakeNode {
  return { id: 'main', type: 'server', settings: { size } };
}
