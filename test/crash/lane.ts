import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientsFor, type Clients } from '../clients.ts';
import { startFaultProxy, type RecordedCall } from '../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import type { Fault } from './fault.ts';
import { Program, type Exit } from './program.ts';

/** One for all lanes: what the first program compiled, no other has to. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));

export type Run = Exit & {
  /** The calls that write, in the order of their end. */
  readonly writes: readonly RecordedCall[];
};

/** An account and a machine of its own: several sweep side by side without seeing each other. */
export class Lane implements AsyncDisposable {
  readonly emulator: Emulator;
  readonly clients: Clients;
  readonly manifests: string;
  readonly state: string;
  private readonly directory: string;

  private constructor(emulator: Emulator, directory: string) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.directory = directory;
    this.manifests = join(directory, 'manifests');
    this.state = join(directory, 'state');
  }

  static async open(): Promise<Lane> {
    const directory = await mkdtemp(join(tmpdir(), 'crash-sweep-'));
    return new Lane(await startEmulator(), directory);
  }

  /** An empty account, and a machine that remembers nothing. */
  async reset(): Promise<void> {
    await Promise.all([
      this.emulator.reset(),
      this.loseState(),
      rm(this.manifests, { recursive: true, force: true }),
    ]);
  }

  async loseState(): Promise<void> {
    await rm(this.state, { recursive: true, force: true });
  }

  /** Runs the program to its end, whichever that is. */
  async run(fault?: Fault): Promise<Run> {
    const kill = (): Promise<void> => program.kill();
    await using proxy = await startFaultProxy(this.emulator.endpoint, fault?.asProxyOptions(kill));
    const program = new Program({
      endpoint: proxy.endpoint,
      manifests: this.manifests,
      state: this.state,
      compileCache,
    });
    const exit = await program.exit;
    return { ...exit, writes: proxy.calls.filter(({ mutating }) => mutating) };
  }

  /** Runs the program to its end, which has to be a good one. */
  async converge(): Promise<Run> {
    const run = await this.run();
    if (run.code !== 0) throw new Error(`the program ended with ${run.code ?? 'a signal'}:\n${run.said}`);
    return run;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of Object.values(this.clients)) client.destroy();
    await this.emulator.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
