import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import type { Lifecycles, StateDuration, Staleness } from './emulator-api.ts';
import { startEmulator } from './start.ts';

interface Flags {
  readonly port: number;
  readonly state: Lifecycles;
  readonly stale: Staleness;
}

const program = new Command('npm run emulator --')
  .description('An AWS emulator on this machine, until Ctrl-C. It starts empty and remembers nothing.')
  .option('--port <number>', 'the port on 127.0.0.1', parsePort, 5000)
  .option(
    '--state <type.state=duration>',
    'how long resources stay in a state, as in ec2/nat-gateway.pending=2s, or =held; repeatable',
    parseState,
    {},
  )
  .option(
    '--stale <service=duration>',
    'for how long lists do not show what is new, as in tagging=5s; repeatable',
    parseStale,
    {},
  )
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(flags: Flags): Promise<void> {
  const emulator = await startEmulator({
    port: flags.port,
    lifecycles: flags.state,
    staleness: flags.stale,
  });
  const exports = {
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  process.stderr.write(
    `emulator: ready at ${emulator.endpoint}, log in ${emulator.logFile}; Ctrl-C ends it\n`,
  );
  for (const [name, value] of Object.entries(exports)) process.stdout.write(`export ${name}=${value}\n`);

  // The emulator does not keep this process alive; the timer does.
  const alive = setInterval(() => {}, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), emulator.exited]);
  clearInterval(alive);
  await emulator.stop();
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Not a port number.');
  return port;
}

function parseState(text: string, previous: Lifecycles): Lifecycles {
  const [, type = '', state = '', duration = ''] =
    /^([a-z0-9]+\/[a-z0-9-]+)\.([a-z-]+)=(.+)$/.exec(text) ?? [];
  if (type === '') throw new InvalidArgumentError('Write it as ec2/nat-gateway.pending=2s.');
  const states: Readonly<Record<string, StateDuration>> = {
    ...previous[type],
    [state]: duration === 'held' ? 'held' : parseDuration(duration),
  };
  return { ...previous, [type]: states };
}

function parseStale(text: string, previous: Staleness): Staleness {
  const [, service = '', duration = ''] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  if (service === '') throw new InvalidArgumentError('Write it as tagging=5s.');
  return { ...previous, [service]: parseDuration(duration) };
}

function parseDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('A duration is 500ms, 2s or 1m.');
  return Number(number) * (unit === 'ms' ? 0.001 : unit === 'm' ? 60 : 1);
}
