import { Engine, type Goal, type PassRequest, type PassResult } from '../../../controller/engine/engine.ts';
import { emptyMemory, type Memory } from '../../../controller/engine/memory.ts';
import { SharedLists } from '../../../controller/engine/shared-lists.ts';
import { FakeClock } from '../../fake-clock.ts';
import { FakeCloud, type FakeProcess } from '../../fake-cloud.ts';
import { fakeKind, type FakeObjectSpec } from '../../fake-kind.ts';
import type { FakeType } from '../../fake-types.ts';

export type Result = PassResult<FakeProcess>;
export type Options = Partial<PassRequest<FakeProcess>>;

/** One object through its life: passes, processes that come and go, and the memory that outlives them. */
export class Simulation {
  readonly clock = new FakeClock();
  readonly cloud = new FakeCloud(this.clock);
  readonly types: readonly FakeType[];
  readonly name: string;
  memory: Memory = emptyMemory;
  persisted = 0;
  process: FakeProcess;
  engine: Engine<FakeProcess>;

  constructor(types: readonly FakeType[], name = 'one') {
    this.types = types;
    this.name = name;
    this.process = this.cloud.connect();
    this.engine = this.newEngine();
  }

  get owner(): string {
    return `Thing/test/${this.name}`;
  }

  /** A new process takes over, with what was persisted or with nothing. */
  restart({ losing = 'nothing' }: { readonly losing?: 'nothing' | 'state' } = {}): void {
    if (losing === 'state') this.memory = emptyMemory;
    this.process = this.cloud.connect();
    this.engine = this.newEngine();
  }

  /** One pass, whose memory is persisted afterwards; `crashed` if the process did not survive it. */
  async tryPass(spec: FakeObjectSpec, options: Options = {}): Promise<Result | 'crashed'> {
    const { crashed } = this.process;
    return Promise.race([this.passAndPersist(spec, options), crashed]);
  }

  async pass(spec: FakeObjectSpec, options: Options = {}): Promise<Result> {
    const result = await this.tryPass(spec, options);
    if (result === 'crashed') throw new Error('the process crashed');
    return result;
  }

  /** Passes, some time apart, until one has the wanted end; throws when it takes too long. */
  async converge(spec: FakeObjectSpec, options: Options = {}, most = 60): Promise<Result> {
    const end = options.goal === 'delete' || options.goal === 'retain' ? 'Gone' : 'InSync';
    let last: Result | undefined;
    for (let count = 0; count < most; count += 1) {
      last = await this.pass(spec, options);
      if (last.state === end) return last;
      await this.clock.advance(3_000);
    }
    const messages = last?.outcomes.flatMap(({ message }) => message ?? []).join('; ') ?? '';
    throw new Error(`still ${last?.state ?? 'nothing'} after ${most} passes: ${messages}`);
  }

  request(spec: FakeObjectSpec, options: Options = {}): PassRequest<FakeProcess> {
    const process = this.process;
    return {
      object: { kind: 'Thing', namespace: 'test', name: this.name },
      kind: { ...fakeKind(this.types), build: (_spec, graph) => fakeKind(this.types).build(spec, graph) },
      spec,
      place: { account: '123456789012', region: 'eu-central-1', tags: { team: 'core' } },
      circumstances: { isAsleep: false, applyImmediately: false },
      cloud: process,
      goal: 'converge' satisfies Goal,
      deletionPolicy: 'Retain',
      ignore: new Set(),
      memory: this.memory,
      persist: (memory) =>
        process.call({ operation: 'persist', type: '', node: '' }, () => {
          this.persisted += 1;
          this.memory = memory;
        }),
      lookupObject: () => undefined,
      isObjectReady: () => true,
      signal: new AbortController().signal,
      ...options,
    };
  }

  private async passAndPersist(spec: FakeObjectSpec, options: Options): Promise<Result> {
    const request = this.request(spec, options);
    const result = await this.engine.pass(request);
    if (JSON.stringify(result.memory) !== JSON.stringify(request.memory))
      await request.persist(result.memory);
    return result;
  }

  private newEngine(): Engine<FakeProcess> {
    return new Engine(new SharedLists<FakeProcess>(0), this.clock);
  }
}
