import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastGood, mayBeDefined } from '../../../controller/manifests/last-good.ts';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { environment, environmentNamed, keysOf, lake, lakeNamed, setOf } from './samples.ts';

type Files = Readonly<Record<string, string>>;

const unreadable: ManifestReading = { ...setOf({}), readable: false };

/** The set in force after these states of the files, one after the other. */
function inForce(...states: readonly Files[]): ManifestReading {
  const none: ManifestReading | undefined = undefined;
  return (
    states.reduce<ManifestReading | undefined>((set, files) => lastGood(set, setOf(files)), none) ?? setOf({})
  );
}

function staleKeys(set: ManifestReading): readonly string[] {
  return keysOf(set).filter((key) => set.objects.get(key)?.stale === true);
}

const lakeKey = 'DataLake/production/lake';
const invalidLake = lakeNamed('lake', '  versioning: 5\n');

describe('the last good version of an object is kept', () => {
  it('while its manifest is invalid, and is marked', () => {
    const set = inForce(
      { 'e.yaml': environment, 'l.yaml': lake },
      { 'e.yaml': environment, 'l.yaml': invalidLake },
    );
    expect(staleKeys(set)).toEqual([lakeKey]);
    expect(set.objects.get(lakeKey)?.spec['versioning']).toBe(true);
    expect(set.problems).toHaveLength(1);
  });

  it('while its manifest is invalid in another file than before', () => {
    const set = inForce(
      { 'a.yaml': environment + `---\n${lake}` },
      { 'a.yaml': environment, 'b.yaml': invalidLake },
    );
    expect(staleKeys(set)).toEqual([lakeKey]);
  });

  it('while it is defined twice', () => {
    const set = inForce(
      { 'e.yaml': environment, 'l.yaml': lake },
      { 'e.yaml': environment, 'l.yaml': lake, 'm.yaml': lake },
    );
    expect(staleKeys(set)).toEqual([lakeKey]);
  });

  it('while its kind or name is misspelt', () => {
    const before = { 'e.yaml': environment, 'l.yaml': lake };
    for (const misspelt of [lake.replace('DataLake', 'DataLak'), lake.replace('name: lake', 'nam: lake')]) {
      expect(staleKeys(inForce(before, { ...before, 'l.yaml': misspelt }))).toEqual([lakeKey]);
    }
  });

  it('while its file has a syntax error, unless it is defined elsewhere now', () => {
    const both = `${lakeNamed('one')}---\n${lakeNamed('two')}`;
    const set = inForce(
      { 'e.yaml': environment, 'l.yaml': both },
      { 'e.yaml': environment, 'l.yaml': `${both}\t}`, 'm.yaml': lakeNamed('two') },
    );
    expect(keysOf(set)).toEqual([
      'DataLake/production/one',
      'DataLake/production/two',
      'Environment/production',
    ]);
    expect(staleKeys(set)).toEqual(['DataLake/production/one']);
  });

  it('while a file that is new and has a syntax error may be where it has moved to', () => {
    const set = inForce(
      { 'e.yaml': environment, 'l.yaml': lake },
      { 'e.yaml': environment, 'moved.yaml': `${lake}\t}` },
    );
    expect(staleKeys(set)).toEqual([lakeKey]);
  });

  it('while the directory cannot be read', () => {
    const before = inForce({ 'e.yaml': environment, 'l.yaml': lake });
    const set = lastGood(before, unreadable);
    expect(set.readable).toBe(false);
    expect(staleKeys(set)).toEqual([lakeKey, 'Environment/production']);
  });

  it('over many readings, until it is valid again', () => {
    const good = { 'e.yaml': environment, 'l.yaml': lake };
    const bad = { 'e.yaml': environment, 'l.yaml': invalidLake };
    expect(staleKeys(inForce(good, bad, { ...bad, 'l.yaml': 'a: [' }, bad))).toEqual([lakeKey]);
    expect(staleKeys(inForce(good, bad, good))).toEqual([]);
  });
});

describe('an Environment', () => {
  it('stays while an object in its namespace does', () => {
    const set = inForce({ 'e.yaml': environment, 'l.yaml': lake }, { 'l.yaml': lake });
    expect(staleKeys(set)).toEqual([lakeKey, 'Environment/production']);
  });

  it('that was never valid leaves its objects out', () => {
    const set = inForce({ 'e.yaml': environment.replace('us-east-1', 'moon'), 'l.yaml': lake });
    expect(keysOf(set)).toEqual([]);
    expect(set.invalid).toEqual(new Set(['Environment/production', lakeKey]));
  });
});

describe('what is not in the set', () => {
  it('may be defined by a manifest that cannot be understood', () => {
    expect(mayBeDefined(inForce({ 'e.yaml': environment }), lakeKey)).toBe(false);
    expect(mayBeDefined(inForce({ 'e.yaml': environment, 'l.yaml': lake }), lakeKey)).toBe(true);
    expect(mayBeDefined(inForce({ 'e.yaml': environment, 'l.yaml': invalidLake }), lakeKey)).toBe(true);
    expect(mayBeDefined(inForce({ 'e.yaml': environment, 'l.yaml': 'a: [' }), lakeKey)).toBe(true);
    expect(mayBeDefined(lastGood(undefined, unreadable), lakeKey)).toBe(true);
  });
});

describe('whatever happens to the files', () => {
  const names = ['a', 'b', 'c', 'd'] as const;
  const environments: Files = { 'e.yaml': `${environment}---\n${environmentNamed('other')}` };

  /** What one file of a lake can become. */
  const states = {
    valid: (name: string) => lakeNamed(name),
    changed: (name: string) => lakeNamed(name, '  versioning: false\n'),
    invalid: (name: string) => lakeNamed(name, '  versioning: 5\n'),
    unknownKind: (name: string) => lakeNamed(name).replace('DataLake', 'DataLak'),
    syntaxError: (name: string) => `${lakeNamed(name)}\t}`,
    removed: () => undefined,
  } as const;
  const change = fc.constantFrom('valid', 'changed', 'invalid', 'unknownKind', 'syntaxError', 'removed');
  const histories = fc.array(fc.record({ a: change, b: change, c: change, d: change }), {
    minLength: 1,
    maxLength: 5,
  });

  function filesOf(step: Readonly<Record<(typeof names)[number], keyof typeof states>>): Files {
    const files = names.flatMap((name) => {
      const text = states[step[name]](name);
      return text === undefined ? [] : [[`${name}.yaml`, text] as const];
    });
    return { ...environments, ...Object.fromEntries(files) };
  }

  it('an object never disappears because its file became invalid, and a valid removal always disappears', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const all = { a: 'valid', b: 'valid', c: 'valid', d: 'valid' } as const;
        let set = inForce(filesOf(all));
        for (const step of history) {
          const next = lastGood(set, setOf(filesOf(step)));
          const newcomer = names.some((name) => isBroken(step[name]) && !has(set, name));
          const expected = names.filter((name) => {
            if (step[name] === 'valid' || step[name] === 'changed') return true;
            return has(set, name) && (step[name] !== 'removed' || newcomer);
          });
          const fresh = names.filter((name) => step[name] === 'valid' || step[name] === 'changed');
          expect(names.filter((name) => has(next, name))).toEqual(expected);
          expect(names.filter((name) => isFresh(next, name))).toEqual(fresh);
          set = next;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('an unreadable directory never changes which objects there are', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const set = inForce(...history.map(filesOf));
        expect(keysOf(lastGood(set, unreadable))).toEqual(keysOf(set));
      }),
      { numRuns: 20 },
    );
  });
});

function isBroken(state: string): boolean {
  return state === 'syntaxError' || state === 'unknownKind';
}

function has(set: ManifestReading, name: string): boolean {
  return set.objects.has(`DataLake/production/${name}`);
}

function isFresh(set: ManifestReading, name: string): boolean {
  const object = set.objects.get(`DataLake/production/${name}`);
  return object !== undefined && object.stale === undefined;
}
