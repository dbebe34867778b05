import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A bare repository and a clone in which commits are made, in a temporary directory. */
export class TestRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'git-'));
  readonly url = join(this.root, 'remote.git');
  readonly clone = join(this.root, 'clone');

  constructor() {
    mkdirSync(this.url);
    mkdirSync(this.clone);
    run(this.url, 'init', '--quiet', '--bare', '--initial-branch', 'main');
    run(this.clone, 'init', '--quiet', '--initial-branch', 'main');
  }

  /** Makes a commit with exactly these files, pushes it, and answers with its id. */
  commit(files: Readonly<Record<string, string>>, branch = 'main'): string {
    run(this.clone, 'checkout', '--quiet', '-B', branch);
    run(this.clone, 'rm', '-r', '--quiet', '--ignore-unmatch', '.');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.clone, path)), { recursive: true });
      writeFileSync(join(this.clone, path), text);
    }
    run(this.clone, 'add', '--all');
    run(this.clone, 'commit', '--quiet', '--allow-empty', '--message', 'change');
    this.push(branch);
    return this.git('rev-parse', 'HEAD');
  }

  push(branch = 'main'): void {
    run(this.clone, 'push', '--quiet', '--force', this.url, branch);
  }

  /** In the clone. */
  git(...args: readonly string[]): string {
    return run(this.clone, ...args);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function run(cwd: string, ...args: readonly string[]): string {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' }).trim();
}
