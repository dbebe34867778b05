import { Command, Option } from 'commander';
import type { CloudCall } from '../cloud-call.ts';
import type { Rules } from '../manifests/assemble.ts';
import type { ObjectRecord } from '../object.ts';
import type { Product } from '../product.ts';
import type { StateStore, Warn } from '../state/store.ts';
import { once } from './once.ts';
import { parseCount, parsePeriod, parseState, type StateLocation } from './options.ts';
import type { Output } from './output.ts';
import { plan, type PlanFormat } from './plan.ts';
import { pluralsOf, reconcile } from './reconcile.ts';
import { run, type RunOptions } from './run.ts';
import { validate } from './validate.ts';

/** What the commands need; main.ts gives the real things. */
export type Environment<Cloud> = {
  readonly rules: Rules;
  readonly product: Product<Cloud>;
  readonly output: Output;
  readonly version: string;
  openState(location: StateLocation, warn?: Warn): Promise<StateStore>;
  /** The commit that a directory is checked out at, where it is. */
  commitOf(directory: string): Promise<string | undefined>;
  /** Tells of every attempt of every call to AWS. */
  listen(listener: (call: CloudCall) => void): void;
};

const defaultState = { directory: '.state' } as const;

/** The command line. Every command ends in `exit` with its code. */
export function buildProgram<Cloud extends object>(
  name: string,
  environment: Environment<Cloud>,
  exit: (code: number) => void,
): Command {
  const { rules, product, output } = environment;
  const program = new Command(name)
    .description('Keeps AWS as the manifests of a git checkout say it should be.')
    .version(environment.version)
    .showHelpAfterError('(--help says more)');
  const state = new Option('--state <place>', 'a directory, or s3://BUCKET/PREFIX').argParser(parseState);
  const workers = new Option('--workers <count>', 'objects that are reconciled at a time')
    .argParser(parseCount)
    .default(8);

  program
    .command('run')
    .description('the daemon: watch the manifests and keep AWS as they say, until it is stopped')
    .requiredOption(
      '--manifests <directory>',
      'where the manifests are; below the checkout where --git is given',
    )
    .option('--git <url>', 'a repository to keep a checkout of')
    .option('--branch <branch>', 'the branch of it', 'main')
    .addOption(
      new Option('--git-interval <duration>', 'how often it is looked at')
        .argParser(parsePeriod)
        .default(30_000, '30s'),
    )
    .option('--listen <address>', 'where metrics, health and the API are served', '127.0.0.1:8080')
    .addOption(state.default(defaultState, '.state'))
    .addOption(workers)
    .action(async (options: RunOptions) => exit(await run(options, environment)));

  program
    .command('validate')
    .description('say what is wrong with the manifests; needs no AWS')
    .argument('<directory>')
    .addOption(new Option('-o, --output <format>').choices(['text', 'json']).default('text'))
    .action(async (directory: string, options: { readonly output: 'text' | 'json' }) =>
      exit(await validate(directory, options.output, rules, output)),
    );

  program
    .command('plan')
    .description('show what would happen: exit 0 nothing, 2 changes, 1 error; writes nothing')
    .argument('<directory>')
    .addOption(new Option('-o, --output <format>').choices(['text', 'json', 'markdown']).default('text'))
    .addOption(new Option('--state <place>', 'also look at what was there before').argParser(parseState))
    .action(
      async (directory: string, options: { readonly output: PlanFormat; readonly state?: StateLocation }) => {
        const store = options.state && (await environment.openState(options.state));
        const records = store === undefined ? [] : await loadAndClose(store);
        exit(await plan(directory, options.output, records, rules, product, output));
      },
    );

  program
    .command('once')
    .description('one convergence to the end, then exit 0 when everything is Ready')
    .argument('<directory>')
    .addOption(state)
    .addOption(workers)
    .addOption(
      new Option('--timeout <duration>', 'give up after so long')
        .argParser(parsePeriod)
        .default(1_800_000, '30m'),
    )
    .action(async (directory: string, options: OnceFlags) => {
      const store = await environment.openState(options.state);
      const commit = await environment.commitOf(directory);
      const { timeout } = options;
      const given = {
        directory,
        workers: options.workers,
        timeout,
        ...(commit === undefined ? {} : { commit }),
      };
      try {
        exit(await once(given, store, rules, product, output));
      } finally {
        await store.close();
      }
    });

  program
    .command('reconcile')
    .description('ask a running daemon to look at an object now')
    .argument('<kind/name>')
    .requiredOption('-n, --namespace <namespace>', 'the Environment of the object')
    .option('--server <url>', 'the daemon', 'http://127.0.0.1:8080')
    .action(async (object: string, options: { readonly namespace: string; readonly server: string }) => {
      const token = process.env['FINTECH_TOKEN'];
      const target = { object, ...options, ...(token === undefined ? {} : { token }) };
      exit(await reconcile(target, pluralsOf(rules.schemas), output));
    });

  return program;
}

async function loadAndClose(store: StateStore): Promise<readonly ObjectRecord[]> {
  try {
    return await store.load();
  } finally {
    await store.close();
  }
}

type OnceFlags = { readonly state: StateLocation; readonly workers: number; readonly timeout: number };
