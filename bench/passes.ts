import { Engine, ownerOf, type PassResult } from '../controller/engine/engine.ts';
import { emptyMemory } from '../controller/engine/memory.ts';
import { SharedLists } from '../controller/engine/shared-lists.ts';
import { Objects } from '../controller/objects.ts';
import { MemoryStore } from '../controller/state/memory-store.ts';
import { systemClock } from '../controller/time.ts';
import { benchTags, CompactCloud, nameOf } from './compact-cloud.ts';
import { benchKind } from './kind.ts';
import { recordOf } from './record.ts';

export type PassFigures = {
  readonly passes: number;
  /** Milliseconds of processor time per pass, without what the in-memory cloud takes. */
  readonly cpuPerPass: number;
  readonly cloudPerPass: number;
  /** As many as one core could make. */
  readonly passesPerSecondAndCore: number;
  readonly listsPerPass: number;
};

/** Ten thousand objects and the controller's knowledge of them, on a cloud that takes next to no memory. */
export class Fleet {
  /** As in the daemon. */
  readonly records = new Objects(new MemoryStore());
  private readonly objects: number;
  private readonly workers: number;
  private readonly cloud: CompactCloud;
  private readonly running = new AbortController();
  private readonly engine = new Engine(new SharedLists<CompactCloud>(1), systemClock);

  constructor(objects: number, workers: number) {
    this.objects = objects;
    this.workers = workers;
    this.cloud = new CompactCloud(objects);
  }

  /** One pass over every object, as many at once as there are workers. */
  async passes(expected: PassResult<CompactCloud>['state']): Promise<PassFigures> {
    const { busy, lists } = this.cloud;
    const before = process.cpuUsage();
    for (let first = 0; first < this.objects; first += this.workers) {
      const count = Math.min(this.workers, this.objects - first);
      await Promise.all(Array.from({ length: count }, (_, index) => this.pass(first + index, expected)));
    }
    const { user, system } = process.cpuUsage(before);
    const cloudPerPass = (this.cloud.busy - busy) / this.objects;
    const cpuPerPass = (user + system) / 1_000 / this.objects - cloudPerPass;
    return {
      passes: this.objects,
      cpuPerPass,
      cloudPerPass,
      passesPerSecondAndCore: 1_000 / cpuPerPass,
      listsPerPass: (this.cloud.lists - lists) / this.objects,
    };
  }

  private async pass(number: number, expected: PassResult<CompactCloud>['state']): Promise<void> {
    const object = { kind: 'Bench', namespace: 'bench', name: nameOf(number) };
    const known = this.records.get(ownerOf(object));
    const result = await this.engine.pass({
      object,
      kind: benchKind,
      spec: known?.spec ?? {},
      place: { account: '123456789012', region: 'eu-central-1', tags: benchTags },
      circumstances: { isAsleep: false, applyImmediately: false },
      cloud: this.cloud,
      goal: 'converge',
      deletionPolicy: 'Retain',
      ignore: new Set(),
      memory: known?.memory ?? emptyMemory,
      persist: async () => undefined,
      lookupObject: () => undefined,
      isObjectReady: () => true,
      signal: this.running.signal,
    });
    if (result.state !== expected)
      throw new Error(`${object.name} is ${result.state} instead of ${expected}`);
    await this.records.put(recordOf(object, known, result));
  }
}
