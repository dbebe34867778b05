import { createServer } from 'node:net';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GitFailed, GitTimedOut } from '../../../controller/git/command.ts';
import { Mirror, type Checkout, type MirrorOptions } from '../../../controller/git/mirror.ts';
import { systemClock } from '../../../controller/time.ts';
import { TestRepository } from './repository.ts';

let repository: TestRepository;
let seen: Checkout[];
let errors: unknown[];

beforeEach(() => {
  repository = new TestRepository();
  seen = [];
  errors = [];
});

afterEach(() => {
  repository.remove();
});

function mirror(options: Partial<MirrorOptions> = {}): Mirror {
  return new Mirror({
    // Only by a URL does a local repository behave as one over the network.
    url: `file://${repository.url}`,
    branch: 'main',
    directory: join(repository.root, 'mirror'),
    interval: 20,
    clock: systemClock,
    onCheckout: (checkout) => {
      seen.push(checkout);
    },
    onError: (error) => errors.push(error),
    ...options,
  });
}

function read(checkout: Checkout, path: string): string {
  return readFileSync(join(checkout.directory, path), 'utf8');
}

describe('a look at the remote', () => {
  test('gives a directory with exactly the files of the commit', async () => {
    const commit = repository.commit({ 'production/core.yaml': 'a', 'README.md': 'b' });
    const checkout = await mirror().sync();
    expect(checkout.commit).toBe(commit);
    expect(read(checkout, 'production/core.yaml')).toBe('a');
    expect(readdirSync(checkout.directory)).toEqual(['README.md', 'production']);
    expect(seen).toEqual([checkout]);
  });

  test('that finds nothing new changes nothing and tells nobody', async () => {
    repository.commit({ a: '1' });
    const follower = mirror();
    const checkout = await follower.sync();
    expect(await follower.sync()).toBe(checkout);
    expect(seen.length).toBe(1);
  });

  test('gives a new directory for a new commit, and leaves the one before as it was', async () => {
    const follower = mirror();
    repository.commit({ a: '1', gone: 'x' });
    const first = await follower.sync();
    repository.commit({ a: '2' });
    const second = await follower.sync();
    expect(read(first, 'a')).toBe('1');
    expect(existsSync(join(first.directory, 'gone'))).toBe(true);
    expect(read(second, 'a')).toBe('2');
    expect(existsSync(join(second.directory, 'gone'))).toBe(false);
    repository.commit({ a: '3' });
    const third = await follower.sync();
    expect(existsSync(first.directory)).toBe(false);
    expect(readdirSync(join(repository.root, 'mirror/checkouts')).toSorted()).toEqual(
      [second.commit, third.commit].toSorted(),
    );
  });

  test('follows a branch that was rewritten, and goes back to an earlier commit', async () => {
    const follower = mirror();
    const first = repository.commit({ a: '1' });
    await follower.sync();
    repository.commit({ a: '2' });
    await follower.sync();
    repository.git('reset', '--quiet', '--hard', first);
    repository.push();
    expect((await follower.sync()).commit).toBe(first);
    repository.git('checkout', '--quiet', '--orphan', 'other');
    const rewritten = repository.commit({ b: '1' });
    const checkout = await follower.sync();
    expect(checkout.commit).toBe(rewritten);
    expect(readdirSync(checkout.directory)).toEqual(['b']);
  });

  test('follows the branch that was asked for', async () => {
    repository.commit({ a: 'main' });
    const commit = repository.commit({ a: 'release' }, 'release/1');
    const checkout = await mirror({ branch: 'release/1' }).sync();
    expect([checkout.commit, read(checkout, 'a')]).toEqual([commit, 'release']);
  });

  test('gives an empty directory for a commit without files', async () => {
    repository.commit({});
    expect(readdirSync((await mirror().sync()).directory)).toEqual([]);
  });

  test('takes only one commit over the network, however long the history is', async () => {
    for (const text of ['1', '2', '3']) repository.commit({ a: text });
    await mirror().sync();
    const shallow = readFileSync(join(repository.root, 'mirror/repository/shallow'), 'utf8');
    expect(shallow.trim()).toBe(repository.git('rev-parse', 'HEAD'));
  });
});

describe('after a restart', () => {
  test('what the process before has left is not trusted', async () => {
    const commit = repository.commit({ a: '1', b: '2' });
    const left = join(repository.root, 'mirror/checkouts', commit);
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'a'), '');
    mkdirSync(join(repository.root, 'mirror/repository'));
    writeFileSync(join(repository.root, 'mirror/repository/shallow.lock'), '');
    const checkout = await mirror().sync();
    expect(checkout.directory).toBe(left);
    expect([read(checkout, 'a'), read(checkout, 'b')]).toEqual(['1', '2']);
  });
});

describe('a failure', () => {
  test('of the remote is a GitFailed with what git said, and heals by itself', async () => {
    repository.commit({ a: '1' });
    const follower = mirror();
    const checkout = await follower.sync();
    renameSync(repository.url, `${repository.url}.away`);
    await expect(follower.sync()).rejects.toBeInstanceOf(GitFailed);
    expect(read(checkout, 'a')).toBe('1');
    renameSync(`${repository.url}.away`, repository.url);
    repository.commit({ a: '2' });
    expect(read(await follower.sync(), 'a')).toBe('2');
  });

  test('because the branch is not there is a GitFailed', async () => {
    repository.commit({ a: '1' });
    await expect(mirror({ branch: 'missing' }).sync()).rejects.toBeInstanceOf(GitFailed);
    await expect(mirror({ branch: '--upload-pack=touch x' }).sync()).rejects.toBeInstanceOf(GitFailed);
    await expect(mirror({ url: '--upload-pack=touch x' }).sync()).rejects.toBeInstanceOf(GitFailed);
  });

  test('never shows the credentials of the URL', async () => {
    const attempt = mirror({ url: 'http://robot:hunter2@127.0.0.1:1/a.git' }).sync();
    await expect(attempt).rejects.toBeInstanceOf(GitFailed);
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
    await expect(attempt).rejects.toThrow('http://[redacted]@127.0.0.1:1/a.git');
  });

  test('of a server that never answers ends in time', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const attempt = mirror({ url: `http://127.0.0.1:${port}/a.git`, timeout: 500 }).sync();
    await expect(attempt).rejects.toBeInstanceOf(GitTimedOut);
    server.close();
  });

  test('of who is told about a commit makes it be told again', async () => {
    repository.commit({ a: '1' });
    let attempts = 0;
    const follower = mirror({
      onCheckout: () => {
        attempts += 1;
        if (attempts === 1) throw new Error('the state could not be written');
      },
    });
    await expect(follower.sync()).rejects.toThrow('the state could not be written');
    await follower.sync();
    expect(attempts).toBe(2);
  });
});

test('a running mirror tells of each commit and of each failure until it is stopped', async () => {
  const stop = new AbortController();
  const running = mirror().run(stop.signal);
  await expect.poll(() => errors.length, { timeout: 5_000 }).toBeGreaterThan(0);
  const first = repository.commit({ a: '1' });
  await expect.poll(() => seen.at(-1)?.commit, { timeout: 5_000 }).toBe(first);
  const second = repository.commit({ a: '2' });
  await expect.poll(() => seen.at(-1)?.commit, { timeout: 5_000 }).toBe(second);
  stop.abort(new Error('the daemon is stopping'));
  await running;
  expect(seen.map(({ commit }) => commit)).toEqual([first, second]);
});
