import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientsFor, type Clients } from '../clients.ts';
import { startFaultProxy } from '../emulator/fault-proxy.ts';
import { startEmulator, type Emulator } from '../emulator/start.ts';
import type { Fault } from './fault.ts';
import type { Lane, Run } from './lane.ts';
import { Program } from './program.ts';

/** One for all programs: what the first compiled, no other has to. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));

/** An account, and a machine with manifests and state on its disk, where each life is a process of the real program. */
export class ProgramLane implements Lane, AsyncDisposable {
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

  static async open(): Promise<ProgramLane> {
    const directory = await mkdtemp(join(tmpdir(), 'crash-sweep-'));
    return new ProgramLane(await startEmulator(), directory);
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
