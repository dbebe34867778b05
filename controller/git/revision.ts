import { git, GitFailed, GitNotStarted } from './command.ts';

/** The commit that is checked out where this directory is; undefined when it is in no checkout. */
export async function revisionOf(directory: string): Promise<string | undefined> {
  try {
    // A checkout that belongs to another user, as mounted into a container, may be read all the same.
    return await git(['-c', 'safe.directory=*', 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], {
      cwd: directory,
      timeout: 10_000,
    });
  } catch (error) {
    if (error instanceof GitFailed || error instanceof GitNotStarted) return undefined;
    throw error;
  }
}
