import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, readdir, rm, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulatorControls, type EmulatorControls, type Lifecycles, type Staleness } from './emulator-api.ts';
import { installEmulator } from './install.ts';
import { launcherFile, logDirectory } from './paths.ts';

const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 3_000;
const LOGS_ARE_KEPT = 24 * 60 * 60 * 1000;

export interface EmulatorOptions {
  /** Absent or 0: a free port. */
  readonly port?: number;
  readonly lifecycles?: Lifecycles;
  readonly staleness?: Staleness;
  /** Added to the environment of the emulator, for moto's own settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Emulator extends EmulatorControls, AsyncDisposable {
  readonly endpoint: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the emulator has ended, asked to or not. */
  readonly exited: Promise<void>;
  readonly stop: () => Promise<void>;
}

let started = 0;

/** Starts an AWS emulator on the loopback address, which lives no longer than this process. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const python = await installEmulator();
  const logFile = await newLogFile();
  const log = await open(logFile, 'a');
  const child = spawn(python, ['-u', launcherFile, '--port', String(options.port ?? 0)], {
    env: environment(options),
    stdio: ['pipe', 'pipe', log.fd],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
  await log.close();

  let port: number;
  try {
    port = await whenListening(child, exited, logFile);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  unref(child);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = () => stopChild(child, exited);
  return {
    endpoint,
    pid: child.pid ?? 0,
    logFile,
    exited,
    ...emulatorControls(endpoint),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function environment(options: EmulatorOptions): NodeJS.ProcessEnv {
  // What the person's shell says of AWS is not meant for the emulator, and a profile can keep it from starting.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    ...Object.fromEntries(inherited),
    ...(options.lifecycles === undefined ? {} : { EMULATOR_LIFECYCLES: JSON.stringify(options.lifecycles) }),
    ...(options.staleness === undefined ? {} : { EMULATOR_STALENESS: JSON.stringify(options.staleness) }),
    ...options.env,
  };
}

/** The launcher says its port in its first line, when its socket already takes connections. */
async function whenListening(child: ChildProcess, exited: Promise<void>, logFile: string): Promise<number> {
  const { stdout } = child;
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      if (stdout !== null) createInterface({ input: stdout }).once('line', resolve);
    }),
    exited.then(() => ''),
    sleep(START_TIMEOUT, '', { ref: false }),
  ]);
  const port = Number(/^listening on (\d+)$/.exec(line)?.[1]);
  if (Number.isInteger(port)) {
    const response = await fetch(`http://127.0.0.1:${port}/moto-api/health`);
    await response.body?.cancel();
    if (response.ok) return port;
  }
  const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`The AWS emulator did not start (${logFile}):\n${tail}`);
}

/** A test that forgets to stop it can still end: the launcher leaves when its standard input closes. */
function unref(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) if (stream instanceof Socket) stream.unref();
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.ref();
  child.stdin?.end();
  const gone = await Promise.race([exited.then(() => true), sleep(STOP_TIMEOUT, false, { ref: false })]);
  if (gone) return;
  child.kill('SIGKILL');
  await exited;
}

async function newLogFile(): Promise<string> {
  await mkdir(logDirectory, { recursive: true });
  for (const name of await readdir(logDirectory)) {
    const file = join(logDirectory, name);
    const info = await stat(file).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > LOGS_ARE_KEPT) await rm(file, { force: true });
  }
  return join(logDirectory, `${process.pid}-${(started += 1)}.log`);
}
