import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { launcherFile } from './paths.ts';

const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 3_000;

/** A Python process of the emulator. */
export type EmulatorProcess = {
  readonly pid: number;
  /** Resolves when it has ended, asked to or not. */
  readonly exited: Promise<void>;
  readonly stop: () => Promise<void>;
};

export type LauncherOptions = {
  readonly python: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
};

/** Starts the launcher, and resolves when it listens, with where. It lives no longer than this process. */
export async function spawnLauncher(
  options: LauncherOptions,
): Promise<EmulatorProcess & { readonly listensOn: string }> {
  const { python, args, env, logFile } = options;
  const log = await open(logFile, 'a');
  const child = spawn(python, ['-u', launcherFile, ...args], { env, stdio: ['pipe', 'pipe', log.fd] });
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
  await log.close();
  const line = await firstLine(child, exited);
  const listensOn = /^listening on (.+)$/.exec(line)?.[1];
  if (listensOn === undefined) {
    child.kill('SIGKILL');
    throw new Error(`The AWS emulator did not start (${logFile}):\n${await endOf(logFile)}`);
  }
  unref(child);
  return { pid: child.pid ?? 0, exited, listensOn, stop: () => stopChild(child, exited) };
}

export async function endOf(logFile: string): Promise<string> {
  return (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-15).join('\n');
}

/** The launcher says where in its first line, when its socket already takes connections. */
function firstLine(child: ChildProcess, exited: Promise<void>): Promise<string> {
  const { stdout } = child;
  return Promise.race([
    new Promise<string>((resolve) => {
      if (stdout !== null) createInterface({ input: stdout }).once('line', resolve);
    }),
    exited.then(() => ''),
    sleep(START_TIMEOUT, '', { ref: false }),
  ]);
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
