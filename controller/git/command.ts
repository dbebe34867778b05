import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { redactText } from '../log.ts';

const run = promisify(execFile);

export type GitOptions = {
  readonly cwd: string;
  /** Milliseconds after which the command is ended. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
};

/** git ended with an error; the message holds what it said, without credentials. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
}

/** git did not end in time: most often a server that does not answer. */
export class GitTimedOut extends Error {
  override readonly name = 'GitTimedOut';
}

/** git is not installed, or the directory to run it in is not there. */
export class GitNotStarted extends Error {
  override readonly name = 'GitNotStarted';
}

/** Runs git without any way to ask a person, and answers with what it printed. */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const { cwd, timeout, signal } = options;
  try {
    const { stdout } = await run('git', [...args], {
      cwd,
      timeout,
      env: environment(),
      maxBuffer: 16 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    });
    return stdout.trim();
  } catch (error) {
    signal?.throwIfAborted();
    throw explained(args, timeout, error);
  }
}

/**
 * Only what a person has set up for all repositories; what a surrounding git has set for its own (in a hook)
 * would lead to another repository.
 */
function environment(): NodeJS.ProcessEnv {
  const {
    GIT_DIR: _,
    GIT_WORK_TREE: __,
    GIT_INDEX_FILE: ___,
    GIT_COMMON_DIR: ____,
    GIT_OBJECT_DIRECTORY: _____,
    ...inherited
  } = process.env;
  return {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...inherited,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    LC_ALL: 'C',
  };
}

function explained(args: readonly string[], timeout: number, error: unknown): Error {
  const command = redactText(`git ${args.join(' ')}`);
  const { code, killed, stderr } = outcomeOf(error);
  if (killed) return new GitTimedOut(`${command} did not end within ${timeout / 1_000} s`);
  if (typeof code === 'string') return new GitNotStarted(`${command} could not be started: ${code}`);
  // The cause is left out: its message repeats the command line as it was.
  return new GitFailed(`${command} failed: ${redactText(stderr.trim())}`);
}

function outcomeOf(error: unknown): {
  readonly code: unknown;
  readonly killed: boolean;
  readonly stderr: string;
} {
  if (!(error instanceof Error)) return { code: undefined, killed: false, stderr: String(error) };
  return {
    code: 'code' in error ? error.code : undefined,
    killed: 'killed' in error && error.killed === true,
    stderr: 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '',
  };
}
