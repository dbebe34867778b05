import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../controller/main.ts', import.meta.url));

/** Longer than the settle time of a key, which a restarted process waits for before it makes another. */
const patience = '90s';

export type ProgramOptions = {
  readonly endpoint: string;
  readonly manifests: string;
  readonly state: string;
  /** Where Node keeps compiled code: a sweep starts the program hundreds of times. */
  readonly compileCache: string;
};

/** What came of a run: its exit code, or undefined where it was killed, and everything it said. */
export type Exit = { readonly code: number | undefined; readonly said: string };

/** The real program, as its own process, on the way to one convergence. */
export class Program {
  readonly exit: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor({ endpoint, manifests, state, compileCache }: ProgramOptions) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [main, 'once', manifests, '--state', state, '--timeout', patience], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing else is passed on: what the person's shell says of AWS, or the test runner to Node, is not meant here.
      env: {
        PATH,
        HOME,
        NODE_COMPILE_CACHE: compileCache,
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
    });
    const said: string[] = [];
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    this.exit = new Promise((resolve, reject) => {
      this.child
        .once('error', reject)
        .once('close', (code) => resolve({ code: code ?? undefined, said: said.join('') }));
    });
  }

  /** Kills it at once, and resolves when it is gone for good. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }
}
