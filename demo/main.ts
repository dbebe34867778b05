import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator, type Emulator } from '../test/emulator/start.ts';
import { Calls } from './calls.ts';
import { manifests, startDaemon, type LogLine, type RunningDaemon } from './daemon.ts';
import { interferences } from './interference.ts';
import { allObjects, reconcileNow, type ShownObject } from './objects.ts';
import { Person } from './person.ts';
import { Screen } from './screen.ts';

const screen = new Screen();
const calls = new Calls((line) => screen.line(line, 'dim'));
/** By object, from the daemon's log: each field that drifted, until it is corrected. */
const drift = new Map<string, Set<string>>();
/** Nodes of which a first call was seen. */
const made = new Set<string>();
const interrupted = Promise.race([
  once(process, 'SIGINT'),
  once(process, 'SIGTERM'),
  once(process, 'SIGHUP'),
]);

process.exitCode = await demo();

/** The whole demo; returns the exit code. */
async function demo(): Promise<number> {
  screen.wait('starting an AWS emulator (the first time, it is installed into .emulator/)');
  const emulator = await startEmulator();
  screen.done();
  screen.line(`✔ an AWS account, empty, at ${emulator.endpoint}`, 'green');
  const daemon = await startDaemon(emulator.endpoint, await freePort(8080), tell);
  const ending = new AbortController();
  const showing = show(emulator, daemon, ending.signal);
  try {
    await Promise.race([interrupted, failed(daemon), showing.then(() => interrupted)]);
    return 0;
  } catch (error) {
    screen.done();
    screen.line(
      `the demo failed: ${error instanceof Error ? error.message : String(error)}; see ${daemon.logFile}`,
      'red',
    );
    return 1;
  } finally {
    ending.abort();
    await showing.catch(() => undefined);
    screen.done();
    screen.line('\nstopping the daemon and the emulator');
    await daemon.stop();
    await emulator.stop();
  }
}

/** Ends early, with an error, when the signal is aborted. */
async function show(emulator: Emulator, daemon: RunningDaemon, signal: AbortSignal): Promise<void> {
  say(`✔ the daemon, on ${manifests}/, at http://${daemon.address}\n`, 'green');
  const person = new Person(emulator.endpoint, (what) => say(`  ${what}`, 'bold'));
  const objects = await allReady(daemon, signal, {
    onOpen: (object) => person.fill(object),
    onReady: ({ key, message }) => say(`✔ ${key} is Ready: ${message}`, 'green'),
  });
  const all = interferences(emulator.endpoint, objects);
  if (all.length === 0) return tryNext(emulator, daemon);
  say('\nNow somebody is in the console, behind the daemon’s back:', 'bold');
  for (const { what, run } of all) {
    await run();
    say(`  ${what}`);
  }
  say('\nThe daemon looks by itself every five minutes; here it is asked to look now:', 'bold');
  const touched = new Set(all.map(({ object }) => object));
  for (const object of touched) await reconcileNow(daemon.address, object);
  screen.wait('waiting for the drift to be corrected');
  // An object that has drifted has an entry, which is empty when all of it is corrected.
  while ([...touched].some(({ key }) => drift.get(key)?.size !== 0)) await sleep(100, undefined, { signal });
  await allReady(daemon, signal);
  say('✔ AWS is again as the manifests say\n', 'green');
  return tryNext(emulator, daemon);
}

type OfObject = (object: ShownObject) => void | Promise<void>;

/** Waits until all objects are ready, and tells of each when it is, and as long as it is not. */
async function allReady(
  daemon: RunningDaemon,
  signal: AbortSignal,
  { onOpen, onReady }: { readonly onOpen?: OfObject; readonly onReady?: OfObject } = {},
): Promise<readonly ShownObject[]> {
  const told = new Set<string>();
  for (;;) {
    const objects = await allObjects(daemon.address).catch(() => []);
    for (const object of objects.filter(({ key, ready }) => ready && !told.has(key))) {
      told.add(object.key);
      await onReady?.(object);
    }
    const open = objects.filter(({ ready }) => !ready);
    for (const object of open) await onOpen?.(object);
    if (objects.length > 0 && open.length === 0) return objects;
    screen.wait(open.map(({ key, state }) => `${key}: ${state}`).join('; ') || 'the daemon starts');
    await sleep(100, undefined, { signal });
  }
}

/** Turns the daemon's log into what a person likes to watch. */
function tell(line: LogLine): void {
  const { msg, object, node, field, from, to, severity, operation, service } = line;
  const where = [node, field].filter((part) => typeof part === 'string' && part !== '').join(' ');
  if (msg === 'aws call' && line['mutating'] === true && isWorthwhile(line))
    calls.add(`${String(service)} ${String(operation)}`, String(node));
  const drifted = drift.get(String(object)) ?? new Set();
  if (msg === 'drift detected') {
    drift.set(String(object), drifted.add(where));
    say(`  drift: ${where} ${value(from)} → ${value(to)} (${String(severity)})`, 'yellow');
  }
  if (msg === 'drift corrected') {
    drifted.delete(where);
    say(`  corrected: ${where}`, 'green');
  }
}

/** Of what is made only the call that makes it: dozens of settings follow each. */
function isWorthwhile({ purpose, object, node }: LogLine): boolean {
  if (purpose !== 'create') return true;
  const name = `${String(object)} ${String(node)}`;
  const isFirst = !made.has(name);
  made.add(name);
  return isFirst;
}

function value(of: unknown): string {
  return of === undefined ? 'absent' : JSON.stringify(of);
}

/** A line, after the calls that came before it. */
function say(text: string, style?: Parameters<Screen['line']>[1]): void {
  calls.flush();
  screen.line(text, style);
}

function tryNext(emulator: Emulator, daemon: RunningDaemon): void {
  const server = `http://${daemon.address}`;
  screen.line('Everything stays up. Try, in another terminal:', 'bold');
  for (const line of [
    `curl -s ${server}/apis/fintech.global/v1alpha1/apiservices`,
    `curl -s ${server}/metrics | grep fintech_`,
    `edit ${manifests}/api.yaml, for instance the tag of the image, and save`,
    `npx fintechctl reconcile FintechNetwork/core -n production --server ${server}`,
    'npx fintechctl validate manifests',
    `AWS_ENDPOINT_URL=${emulator.endpoint} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test npx fintechctl plan ${manifests}`,
    `tail -f ${daemon.logFile}`,
  ]) {
    screen.line(`  ${line}`);
  }
  screen.line('\nCtrl-C stops everything.', 'bold');
}

async function failed(daemon: RunningDaemon): Promise<never> {
  await daemon.exited;
  throw new Error('the daemon ended');
}

/** The wanted port, or any other where it is taken. */
async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  for (const port of [wanted, 0]) {
    server.listen(port, '127.0.0.1');
    const [result] = await Promise.race([
      once(server, 'listening').then(() => ['free']),
      once(server, 'error'),
    ]);
    if (result !== 'free') continue;
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : wanted;
  }
  return wanted;
}
