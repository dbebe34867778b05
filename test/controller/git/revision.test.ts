import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { revisionOf } from '../../../controller/git/revision.ts';
import { TestRepository } from './repository.ts';

let repository: TestRepository;

beforeEach(() => {
  repository = new TestRepository();
});

afterEach(() => {
  vi.unstubAllEnvs();
  repository.remove();
});

describe('the commit of a directory', () => {
  test('is that of the checkout it is in, at any depth', async () => {
    const commit = repository.commit({ 'manifests/production/core.yaml': 'a' });
    expect(await revisionOf(repository.clone)).toBe(commit);
    expect(await revisionOf(join(repository.clone, 'manifests/production'))).toBe(commit);
  });

  test('is that of a worktree', async () => {
    const first = repository.commit({ a: '1' });
    const second = repository.commit({ a: '2' });
    const worktree = join(repository.root, 'worktree');
    repository.git('worktree', 'add', '--quiet', '--detach', worktree, first);
    expect(await revisionOf(worktree)).toBe(first);
    expect(await revisionOf(repository.clone)).toBe(second);
  });

  test('is that of the directory, also below a hook of another repository', async () => {
    const commit = repository.commit({ a: '1' });
    vi.stubEnv('GIT_DIR', repository.url);
    expect(await revisionOf(repository.clone)).toBe(commit);
  });

  test('is undefined where there is no commit, no checkout, or nothing at all', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'no-git-'));
    mkdirSync(join(outside, 'manifests'));
    expect(await revisionOf(repository.clone)).toBeUndefined();
    expect(await revisionOf(join(outside, 'manifests'))).toBeUndefined();
    expect(await revisionOf(join(outside, 'missing'))).toBeUndefined();
    rmSync(outside, { recursive: true });
  });

  test('is undefined where git is not installed', async () => {
    repository.commit({ a: '1' });
    vi.stubEnv('PATH', '/nowhere');
    expect(await revisionOf(repository.clone)).toBeUndefined();
  });
});
