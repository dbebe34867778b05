import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { emulatorControls, type EmulatorControls, type Lifecycles, type Staleness } from './emulator-api.ts';
import { spawnLauncher, type EmulatorProcess } from './emulator-process.ts';
import { installEmulator } from './install.ts';
import { logDirectory } from './paths.ts';
import { forkTemplate, startTemplate, templateOfRun } from './template.ts';

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
  const logFile = await newLogFile();
  const { port, ...emulator } = await run(options, logFile);
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    ...emulator,
    endpoint,
    logFile,
    ...emulatorControls(endpoint),
    [Symbol.asyncDispose]: emulator.stop,
  };
}

/** Lets the emulators of this process, and of those that it starts, begin in milliseconds; returns what ends that. */
export async function quickenEmulators(): Promise<() => Promise<void>> {
  return startTemplate({
    python: await installEmulator(),
    env: environment({}),
    logFile: await newLogFile(),
  });
}

async function run(options: EmulatorOptions, logFile: string): Promise<EmulatorProcess & { port: number }> {
  const { port = 0 } = options;
  const template = templateOfRun();
  // moto reads most of its settings while it is loaded.
  if (template !== undefined && options.env === undefined)
    return forkTemplate(template, { port, logFile, environment: beginningOf(options) });
  const python = await installEmulator();
  const args = ['--port', String(port)];
  const { listensOn, ...emulator } = await spawnLauncher({
    python,
    args,
    env: environment(options),
    logFile,
  });
  return { ...emulator, port: Number(listensOn) };
}

function environment(options: EmulatorOptions): NodeJS.ProcessEnv {
  // What the person's shell says of AWS is not meant for the emulator, and a profile can keep it from starting.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    // Nothing here runs instances, and every new region would have to be given its two hundred images.
    MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
    ...Object.fromEntries(inherited),
    ...beginningOf(options),
    ...options.env,
  };
}

function beginningOf({ lifecycles, staleness }: EmulatorOptions): Readonly<Record<string, string>> {
  return {
    ...(lifecycles === undefined ? {} : { EMULATOR_LIFECYCLES: JSON.stringify(lifecycles) }),
    ...(staleness === undefined ? {} : { EMULATOR_STALENESS: JSON.stringify(staleness) }),
  };
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
