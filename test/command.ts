import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

/** Nothing that these tests start may take longer, whatever goes wrong: a command ends, a daemon lives for some tests. */
const patience = { command: 20_000, daemon: 90_000 } as const;

/** What a test leaves behind when it times out does not outlive the test runner. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Long enough for two cores that do other things, too. */
export const soon = { timeout: 15_000, interval: 100 };

/** What came of a process; the code is null where a signal ended it. */
export type Exit = { readonly code: number | null; readonly out: string; readonly err: string };

export type CommandOptions = {
  /** Where AWS is; a port that nobody listens on where it is left out. */
  readonly endpoint?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds after which it is killed. */
  readonly limit?: number;
};

/** A program of this checkout as its own process, with its two streams apart, as a shell would pipe them. */
export class Command implements AsyncDisposable {
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  /** Its streams may be held open longer by what it started. */
  private readonly gone: Promise<unknown>;
  private readonly texts = { out: '', err: '' };

  constructor(file: string, args: readonly string[], options: CommandOptions = {}) {
    const { endpoint, env, cwd, limit = patience.daemon } = options;
    this.child = spawn(process.execPath, [join(project, file), ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environmentFor(endpoint), ...env },
    });
    const { stdout, stderr } = this.child;
    stdout?.setEncoding('utf8').on('data', (text: string) => (this.texts.out += text));
    stderr?.setEncoding('utf8').on('data', (text: string) => (this.texts.err += text));
    running.add(this.child);
    this.gone = once(this.child, 'exit');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), limit);
    this.exited = new Promise((resolve, reject) => {
      this.child.once('error', reject).once('close', (code) => {
        clearTimeout(timer);
        running.delete(this.child);
        resolve({ code, ...this.texts });
      });
    });
  }

  get out(): string {
    return this.texts.out;
  }

  get err(): string {
    return this.texts.err;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Exit> {
    this.child.kill(name);
    return this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await this.gone;
  }
}

/** Runs `fintechctl` to its end. */
export function fintechctl(args: readonly string[], options: CommandOptions = {}): Promise<Exit> {
  return new Command('controller/main.ts', args, { limit: patience.command, ...options }).exited;
}

/** Nothing else is passed on: what the person's shell says of AWS, or the test runner to Node, is not meant here. */
function environmentFor(endpoint = 'http://127.0.0.1:1'): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    NODE_COMPILE_CACHE: join(project, 'node_modules', '.cache', 'compiled'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/** A directory of manifests, and beside it one for the state, both of them temporary. */
export class Workspace implements AsyncDisposable {
  readonly manifests: string;
  readonly state: string;
  private readonly root: string;

  private constructor(root: string) {
    this.root = root;
    this.manifests = join(root, 'manifests');
    this.state = join(root, 'state');
  }

  static async open(): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'fintech-test-')));
    await mkdir(workspace.manifests);
    return workspace;
  }

  async write(name: string, content: string | object): Promise<void> {
    await writeFile(join(this.manifests, name), textOf(content));
  }

  async remove(...names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.manifests, name));
  }

  async loseState(): Promise<void> {
    await rm(this.state, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** JSON is YAML. */
export function textOf(content: string | object): string {
  return typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
}

/** An Environment in the account of the emulator, with the credentials that the program is given. */
export function environment(name: string, spec: object = {}): object {
  return {
    apiVersion: 'fintech.global/v1alpha1',
    kind: 'Environment',
    metadata: { name },
    spec: {
      aws: { accountId: '123456789012', region: 'us-east-1' },
      tags: {
        Environment: 'Development',
        Project: 'shop',
        CostCenter: 'CC-1',
        Owner: 'team@example.com',
        DataClassification: 'Internal',
      },
      ...spec,
    },
  };
}

/** A data lake of a key and two buckets, named `<namespace>-<name>-data` and `-logs`. */
export function lake(namespace: string, name: string, spec: object = {}, annotations: object = {}): object {
  return {
    apiVersion: 'fintech.global/v1alpha1',
    kind: 'DataLake',
    metadata: { name, namespace, annotations },
    spec: {
      bucketName: `${namespace}-${name}-data`,
      accessLogs: { bucketName: `${namespace}-${name}-logs` },
      ...spec,
    },
  };
}

/** One line of the log of a daemon. */
export type LogLine = Readonly<Record<string, unknown>>;

/** `fintech-controller run` on a free port, with what it logs. */
export class DaemonProcess implements AsyncDisposable {
  readonly url: string;
  private readonly command: Command;

  private constructor(command: Command, url: string) {
    this.command = command;
    this.url = url;
  }

  /** Resolves when it listens. */
  static async start(args: readonly string[], options: CommandOptions): Promise<DaemonProcess> {
    const command = new Command('controller/main.ts', ['run', '--listen', '127.0.0.1:0', ...args], options);
    const ended = command.exited.then(({ out, err }) => {
      throw new Error(`the daemon did not start: ${err}${out}`);
    });
    const url = vi.waitFor(
      () => {
        const started = linesOf(command.out).find(({ msg }) => msg === 'started');
        if (typeof started?.['url'] !== 'string') throw new Error(`it did not start: ${command.err}`);
        return started['url'];
      },
      { timeout: 15_000, interval: 50 },
    );
    return new DaemonProcess(command, await Promise.race([url, ended]));
  }

  static on({ manifests, state }: Workspace, options: CommandOptions): Promise<DaemonProcess> {
    return DaemonProcess.start(['--manifests', manifests, '--state', state], options);
  }

  get log(): string {
    return this.command.out;
  }

  get pid(): number {
    return this.command.pid;
  }

  /** The lines that say this. */
  lines(msg: string): readonly LogLine[] {
    return linesOf(this.command.out).filter((line) => line['msg'] === msg);
  }

  get(path: string): Promise<Response> {
    return fetch(new URL(path, this.url));
  }

  /** An object as the API shows it: a Status, with a code, where there is none. */
  async object(plural: string, namespace: string, name: string): Promise<unknown> {
    const answer = await this.get(`/apis/fintech.global/v1alpha1/namespaces/${namespace}/${plural}/${name}`);
    return answer.json();
  }

  lake(namespace: string, name: string): Promise<unknown> {
    return this.object('datalakes', namespace, name);
  }

  async untilReady(namespace: string, name: string): Promise<void> {
    const isReady = { status: { conditions: conditions('Ready', 'True') } };
    const look = async (): Promise<void> => expect(await this.lake(namespace, name)).toMatchObject(isReady);
    await vi.waitFor(look, soon);
  }

  /** The value of a series, written as in `name{label="value"}`; NaN where there is none. */
  async metric(series: string): Promise<number> {
    const text = await (await this.get('/metrics')).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? Number.NaN);
  }

  stop(): Promise<Exit> {
    return this.command.signal('SIGTERM');
  }

  kill(): Promise<Exit> {
    return this.command.signal('SIGKILL');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.command[Symbol.asyncDispose]();
  }
}

/** The conditions of an object of which one is like this, beside others. */
export function conditions(type: string, status: string, rest: object = {}): unknown {
  return expect.arrayContaining([expect.objectContaining({ type, status, ...rest })]);
}

function linesOf(log: string): readonly LogLine[] {
  return log
    .split('\n')
    .slice(0, -1)
    .map((line): LogLine => JSON.parse(line));
}
