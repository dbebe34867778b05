import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram, type Environment } from '../../../controller/cli/program.ts';

const nothing = (): never => {
  throw new Error('a command line that is refused does nothing');
};

const environment: Environment<object> = {
  rules: { schemas: new Map(), kinds: [] },
  product: { kinds: new Map(), connect: nothing },
  output: { out: nothing, err: nothing, isTerminal: false, columns: 80 },
  version: '1.2.3',
  openState: nothing,
  commitOf: nothing,
  listen: nothing,
};

/** What the command line says before any command begins. */
async function say(args: readonly string[]) {
  const said = { out: '', err: '', code: 0 };
  const program = buildProgram('fintechctl', environment, nothing);
  for (const command of [program, ...program.commands])
    command
      .configureOutput({ writeOut: (text) => (said.out += text), writeErr: (text) => (said.err += text) })
      .exitOverride((error) => {
        said.code = error.exitCode;
        throw error;
      });
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(CommanderError);
  return said;
}

describe('The command line', () => {
  it.each([
    [['--sate', 'x'], /^error: unknown option '--sate'\n/],
    [['plan', 'x', '--sate', 'y'], /^error: unknown option '--sate'\n\(Did you mean --state\?\)\n/],
    [['plan', 'x', '-o', 'xml'], /'xml' is invalid. Allowed choices are text, json, markdown\./],
    [['once', 'x', '--timeout', 'long'], /"long" is not a duration: write a number and a unit/],
    [['once', 'x', '--workers', '0'], /Not a whole number above 0\./],
    [['plan', 'x', '--state', 's3://'], /Write it as s3:\/\/BUCKET\/PREFIX\./],
    [['validat', 'x'], /^error: unknown command 'validat'\n\(Did you mean validate\?\)\n/],
  ])('refuses %j with a hint', async (args, message) => {
    const said = await say(args);
    expect(said).toMatchObject({ code: 1, out: '', err: expect.stringMatching(message) });
    expect(said.err).toContain('(--help says more)');
  });

  it.each(['run', 'validate', 'plan', 'once', 'reconcile'])('explains %s', async (command) => {
    const said = await say([command, '--help']);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(new RegExp(`^Usage: fintechctl ${command} \\[options\\]`));
  });

  it('says its version', async () => {
    expect(await say(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});
