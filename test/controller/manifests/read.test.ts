import { chmod, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';
import { readManifests } from '../../../controller/manifests/read.ts';
import { temporaryDirectory, write } from './directory.ts';
import { environment, environmentNamed, keysOf, lake, lakeNamed, problemsOf, rules } from './samples.ts';

describe('a manifest directory', () => {
  it('is read with all that is below, except for what is hidden or installed', async () => {
    const directory = await temporaryDirectory({
      'production/environment.yaml': environment,
      'production/data/lake.yml': lake,
      'README.md': 'kind: nonsense',
      '.github/workflow.yaml': 'on: push',
      '.hidden.yaml': 'a: 1',
      'node_modules/package/file.yaml': 'a: 1',
    });
    const set = await readManifests(directory, rules);
    expect(problemsOf(set)).toEqual([]);
    expect(keysOf(set)).toEqual(['DataLake/production/lake', 'Environment/production']);
  });

  it('holds only manifests, so that any other YAML is a problem', async () => {
    const directory = await temporaryDirectory({ 'kustomization.yaml': 'resources: []' });
    expect(problemsOf(await readManifests(directory, rules))).toEqual([
      'kustomization.yaml:1:1: apiVersion: required field is missing',
      'kustomization.yaml:1:1: kind: required field is missing',
    ]);
  });

  it('is empty, which is not the same as unreadable', async () => {
    const set = await readManifests(await temporaryDirectory(), rules);
    expect(set).toMatchObject({ readable: true, problems: [] });
    expect(set.objects.size).toBe(0);
  });

  it('gives problems that name the files as the user does', async () => {
    const directory = await temporaryDirectory({ 'a/b.yaml': '- a' });
    const [problem] = (await readManifests(directory, rules)).problems;
    expect(problem && formatProblem(problem, `${directory}/`)).toBe(
      `${directory}/a/b.yaml:1:1: a manifest must be a mapping with apiVersion, kind, metadata and spec`,
    );
  });

  it('that is too large in one file is refused in that file', async () => {
    const directory = await temporaryDirectory({
      'a.yaml': 'a'.repeat(10 * 1024 * 1024),
      'b.yaml': environment,
    });
    const set = await readManifests(directory, rules);
    expect(problemsOf(set)).toEqual([
      'a.yaml:1:1: the file has 10485760 bytes; a manifest file may have at most 1048576',
    ]);
    expect(set.broken).toEqual(new Set(['a.yaml']));
    expect(keysOf(set)).toEqual(['Environment/production']);
  });
});

describe('symbolic links', () => {
  it('out of the directory are not followed', async () => {
    const elsewhere = await temporaryDirectory({ 'secret.yaml': environment, 'more/lake.yaml': lake });
    const directory = await temporaryDirectory({ 'a.yaml': environmentNamed('other') });
    await symlink(join(elsewhere, 'secret.yaml'), join(directory, 'b.yaml'));
    await symlink(join(elsewhere, 'more'), join(directory, 'c'));
    await symlink(join(elsewhere, 'nothing'), join(directory, 'd'));
    const set = await readManifests(directory, rules);
    expect(problemsOf(set)).toEqual([
      'b.yaml:1:1: the symbolic link leads out of the manifest directory; it is not followed',
      'c:1:1: the symbolic link leads out of the manifest directory; it is not followed',
      'd:1:1: the symbolic link leads nowhere',
    ]);
    expect(keysOf(set)).toEqual(['Environment/other']);
    expect(set.broken).toEqual(new Set(['b.yaml', 'c', 'd']));
  });

  it('within the directory are followed, each file once and however they turn in circles', async () => {
    const directory = await temporaryDirectory({ '..data/a.yaml': environment, 'b/lake.yaml': lake });
    await symlink('..data/a.yaml', join(directory, 'a.yaml'));
    await symlink('b', join(directory, 'again'));
    await symlink('..', join(directory, 'b/circle'));
    const set = await readManifests(directory, rules);
    expect(problemsOf(set)).toEqual([]);
    expect([...set.objects.values()].map(({ source }) => source.file)).toEqual(['a.yaml', 'b/lake.yaml']);
  });

  it('may lead to the directory itself', async () => {
    const directory = await temporaryDirectory({ 'one/a.yaml': environment });
    await symlink('one', join(directory, 'current'));
    expect(keysOf(await readManifests(join(directory, 'current'), rules))).toEqual([
      'Environment/production',
    ]);
  });
});

/** Root may read everything, so the tests give that up for a moment. */
async function asNobody<Result>(act: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

/** Why a set is unreadable. */
function whyUnreadable(set: ManifestReading): string | undefined {
  return set.readable || set.objects.size > 0 ? undefined : problemsOf(set).join();
}

describe('what cannot be read makes the whole set unreadable instead of empty', () => {
  it('a directory that does not exist', async () => {
    const directory = await temporaryDirectory();
    expect(whyUnreadable(await readManifests(join(directory, 'absent'), rules))).toContain(
      'cannot be read (ENOENT',
    );
  });

  it('a file in place of the directory', async () => {
    const directory = await temporaryDirectory({ 'a.yaml': environment });
    expect(whyUnreadable(await readManifests(join(directory, 'a.yaml'), rules))).toContain(
      'cannot be read (ENOTDIR',
    );
  });

  it('a file without permission', async () => {
    const directory = await temporaryDirectory({ 'a.yaml': environment, 'b.yaml': lake });
    await chmod(directory, 0o755);
    await chmod(join(directory, 'b.yaml'), 0o000);
    expect(whyUnreadable(await asNobody(() => readManifests(directory, rules)))).toContain(
      'cannot be read (EACCES',
    );
  });

  it('a directory without permission', async () => {
    const directory = await temporaryDirectory({ 'a.yaml': environment, 'b/c.yaml': lake });
    await chmod(directory, 0o755);
    await chmod(join(directory, 'b'), 0o000);
    expect(whyUnreadable(await asNobody(() => readManifests(directory, rules)))).toContain(
      'cannot be read (EACCES',
    );
    await chmod(join(directory, 'b'), 0o755);
  });
});

it('files that change while they are read are never seen half-way', async () => {
  const directory = await temporaryDirectory({ 'z.yaml': environment });
  const names = Array.from({ length: 20 }, (_, index) => `lake-${index}`);
  const version = (days: number): Promise<void[]> =>
    Promise.all(
      names.map(async (name) => {
        const spec = `  noncurrentVersionExpirationDays: ${days}\n`;
        await write(directory, `${name}.new`, lakeNamed(name, spec));
        await rename(join(directory, `${name}.new`), join(directory, `${name}.yaml`));
      }),
    );
  await version(1);
  const reading = readManifests(directory, rules);
  await version(2);
  await setTimeout(1);
  await version(3);
  const set = await reading;
  const days = [...set.objects.values()].flatMap(({ spec }) => spec['noncurrentVersionExpirationDays'] ?? []);
  expect(set.readable).toBe(true);
  expect(days).toHaveLength(20);
  expect(new Set(days).size).toBe(1);
});
