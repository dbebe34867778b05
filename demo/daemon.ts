import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

/** One line of the daemon's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

export type RunningDaemon = {
  readonly address: string;
  readonly logFile: string;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
};

/**
 * One Environment of those in this checkout: the others are other accounts, and there is more to see in one minute
 * of one than of all.
 */
export const manifests = 'manifests/production';

/** The real daemon, as its own process, on the manifests of this checkout and on the emulator. */
export async function startDaemon(
  endpoint: string,
  port: number,
  onLine: (line: LogLine) => void,
): Promise<RunningDaemon> {
  const state = join(project, '.state', 'demo');
  await rm(state, { recursive: true, force: true });
  await mkdir(state, { recursive: true });
  const logFile = join(project, '.state', 'demo.log');
  const address = `127.0.0.1:${port}`;
  const main = join(project, 'controller', 'main.ts');
  const options = ['--manifests', join(project, manifests), '--state', state, '--listen', address];
  const child = spawn(process.execPath, [main, 'run', ...options], {
    cwd: project,
    env: { ...inherited(), ...emulatorEnvironment(endpoint) },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C is ours to pass on, so that the daemon stops before the emulator that it talks to.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  process.once('exit', () => child.kill('SIGKILL'));
  followLog(child, logFile, onLine);
  return { address, logFile, exited, stop: () => stop(child, exited) };
}

/** What makes the AWS SDK talk to the emulator, and to nothing else. */
export function emulatorEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/** What the person's shell says of AWS and of another daemon is not meant here: a profile would lead to a real account. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|FINTECH)_/.test(name)));
}

function followLog(child: ChildProcess, logFile: string, onLine: (line: LogLine) => void): void {
  if (child.stdout === null) return;
  const log = createWriteStream(logFile);
  createInterface({ input: child.stdout }).on('line', (text) => {
    log.write(`${text}\n`);
    const line: unknown = JSON.parse(text);
    if (isLogLine(line)) onLine(line);
  });
}

function isLogLine(value: unknown): value is LogLine {
  return typeof value === 'object' && value !== null && 'msg' in value && typeof value.msg === 'string';
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  await exited;
}
