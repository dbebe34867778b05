import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator, type Emulator } from '../test/emulator/start.ts';
import { startDaemon, type LogLine, type RunningDaemon } from './daemon.ts';
import { interfere } from './interference.ts';
import { dataLakes, reconcileNow, type ShownObject } from './objects.ts';
import { Screen } from './screen.ts';

const screen = new Screen();
/** Counted from the daemon's log. */
const drift = { corrected: 0 };
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
  screen.line(`✔ the daemon, on manifests/, at http://${daemon.address}\n`, 'green');
  const [lake] = await allReady(daemon, signal);
  if (lake === undefined) return tryNext(emulator, daemon);
  screen.line(`✔ ${lake.key} is Ready: ${lake.message}\n`, 'green');
  const data = lake.bucketNames.find((name) => !/replica|log/.test(name)) ?? '';
  const logs = lake.bucketNames.find((name) => name.includes('log')) ?? '';
  screen.line('Now somebody opens the lake by hand, behind the daemon’s back:', 'bold');
  screen.line(`  the public access block of ${data} is removed`);
  screen.line(`  the versioning of ${logs} is suspended\n`);
  await interfere(emulator.endpoint, { data, logs });
  screen.line('The daemon looks by itself every five minutes; here it is asked to look now:', 'bold');
  const [, namespace = '', name = ''] = lake.key.split('/');
  const corrected = drift.corrected;
  await reconcileNow(daemon.address, namespace, name);
  screen.wait('waiting for the drift to be corrected');
  while (drift.corrected === corrected) await sleep(100, undefined, { signal });
  await allReady(daemon, signal);
  screen.done();
  screen.line('✔ AWS is again as the manifests say\n', 'green');
  return tryNext(emulator, daemon);
}

async function allReady(daemon: RunningDaemon, signal: AbortSignal): Promise<readonly ShownObject[]> {
  for (;;) {
    const lakes = await dataLakes(daemon.address).catch(() => []);
    const open = lakes.filter((lake) => !lake.ready);
    if (lakes.length > 0 && open.length === 0) break;
    screen.wait(open.map(({ key, state }) => `${key}: ${state}`).join('; ') || 'the daemon starts');
    await sleep(100, undefined, { signal });
  }
  screen.done();
  return dataLakes(daemon.address);
}

/** Turns the daemon's log into what a person likes to watch. */
function tell(line: LogLine): void {
  const { msg, node, field, from, to, severity, operation, service } = line;
  const where = [node, field].filter((part) => typeof part === 'string' && part !== '').join(' ');
  if (msg === 'aws call' && line['mutating'] === true)
    screen.line(`  ${String(service)} ${String(operation)}  ${String(node)}`, 'dim');
  if (msg === 'drift detected') {
    const values = `${JSON.stringify(from)} → ${JSON.stringify(to)}`;
    screen.line(`  drift: ${where} ${values} (${String(severity)})`, 'yellow');
  }
  if (msg === 'drift corrected') {
    drift.corrected += 1;
    screen.line(`  corrected: ${where}`, 'green');
  }
}

function tryNext(emulator: Emulator, daemon: RunningDaemon): void {
  const server = `http://${daemon.address}`;
  screen.line('Everything stays up. Try, in another terminal:', 'bold');
  for (const line of [
    `curl -s ${server}/apis/fintech.global/v1alpha1/datalakes`,
    `curl -s ${server}/metrics | grep fintech_`,
    'edit manifests/production/lake.yaml, for instance noncurrentVersionExpirationDays, and save',
    `npx fintechctl reconcile DataLake/lake -n production --server ${server}`,
    'npx fintechctl validate manifests',
    `AWS_ENDPOINT_URL=${emulator.endpoint} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test npx fintechctl plan manifests`,
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
