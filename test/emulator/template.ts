import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOf, spawnLauncher, type EmulatorProcess, type LauncherOptions } from './emulator-process.ts';

const STOP_TIMEOUT = 3_000;

/** Where the template of this test run takes orders; not set where every emulator is loaded for itself. */
const VARIABLE = 'EMULATOR_TEMPLATE';

export type Order = {
  readonly port: number;
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Loads an emulator from which those of this process, and of the ones that it starts, are forked. */
export async function startTemplate(options: Omit<LauncherOptions, 'args'>): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'emulator-'));
  const template = await spawnLauncher({ ...options, args: ['--template', join(directory, 'socket')] });
  process.env[VARIABLE] = template.listensOn;
  return async () => {
    await template.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

export function templateOfRun(): string | undefined {
  return process.env[VARIABLE];
}

/** The connection takes the place of a standard input: the fork ends with it, and it with the fork. */
export async function forkTemplate(
  template: string,
  order: Order,
): Promise<EmulatorProcess & { readonly port: number }> {
  const connection = createConnection(template);
  const exited = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  connection.write(`${JSON.stringify(order)}\n`);
  const answer = await answerOf(connection, exited);
  if (answer === undefined)
    throw new Error(`The AWS emulator did not start (${order.logFile}):\n${await endOf(order.logFile)}`);
  connection.unref();
  const stop = async (): Promise<void> => {
    connection.ref();
    connection.end();
    const gone = await Promise.race([exited.then(() => true), sleep(STOP_TIMEOUT, false, { ref: false })]);
    if (gone) return;
    process.kill(answer.pid, 'SIGKILL');
    await exited;
  };
  return { ...answer, exited, stop };
}

async function answerOf(connection: Socket, exited: Promise<void>) {
  const failed = new Promise<never>((_resolve, reject) => connection.once('error', reject));
  const line = new Promise<string>((resolve) => createInterface({ input: connection }).once('line', resolve));
  const said = await Promise.race([line, exited, failed]);
  if (said === undefined) return undefined;
  const { port, pid }: { readonly port: number; readonly pid: number } = JSON.parse(said);
  return { port, pid };
}
