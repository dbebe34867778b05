import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseFile, type ParsedFile } from '../../../controller/manifests/parse.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';

function parse(text: string): ParsedFile {
  return parseFile('a.yaml', new TextEncoder().encode(text));
}

function problems(parsed: ParsedFile): readonly string[] {
  return parsed.problems.map((problem) => formatProblem(problem));
}

const aliasBomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f'].map((name, index) => {
    const uses = Array.from({ length: 9 }, () => `*${'abcde'[index]}`);
    return `${name}: &${name} [${uses.join(', ')}]`;
  }),
].join('\n');

describe('a file that cannot be read as plain YAML is refused with its position', () => {
  test.each([
    ['a tab as indentation', 'a:\n\t- b', 'a.yaml:2:1: YAML: tabs are not allowed as indentation'],
    [
      'a bracket that is not closed',
      'a: [1, 2\nb: 3',
      'a.yaml:2:1: YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a mapping in a scalar',
      'a: b: c',
      'a.yaml:1:4: YAML: nested mappings are not allowed in compact mappings',
    ],
    ['an unknown escape', 'a: 1\nb: "\\q"', 'a.yaml:2:5: YAML: invalid escape sequence \\q'],
    ['a key given twice', 'a: 1\nb: 2\na: 3', 'a.yaml:3:1: YAML: the key a is given twice'],
    [
      'a merge key',
      'a: &a {b: 1}\nc:\n  <<: *a\n',
      'a.yaml:3:3: YAML: merge keys (<<) are not supported; write the fields out',
    ],
    ['a list as a key', '? [a]\n: 2', 'a.yaml:1:3: YAML: a key that is not text'],
    [
      'a tag that makes something other than JSON',
      'a: !!binary aGVsbG8=',
      'a.yaml:1:13: YAML: the YAML tag tag:yaml.org,2002:binary is not supported; a manifest holds plain values only',
    ],
    ['a number without end', 'a: .inf', 'a.yaml:1:4: YAML: a number that is not finite'],
    [
      'an alias without an anchor',
      'a: *x',
      'a.yaml:1:4: YAML: a YAML alias without an anchor of its name before it',
    ],
    ['an alias inside of its own anchor', 'a: &a [*a]', 'a.yaml:1:7: YAML: nested more than 64 levels deep'],
    [
      'an alias bomb',
      aliasBomb,
      'a.yaml:3:8: YAML: more than 100 uses of YAML aliases in one document; write the values out',
    ],
    [
      'another version of YAML',
      '%YAML 1.1\n---\na: yes',
      'a.yaml:3:1: only YAML 1.2 is supported; remove the %YAML directive',
    ],
    [
      'a list',
      '- a\n- b',
      'a.yaml:1:1: a manifest must be a mapping with apiVersion, kind, metadata and spec',
    ],
    [
      'text',
      'a: 1\n---\nhello',
      'a.yaml:3:1: a manifest must be a mapping with apiVersion, kind, metadata and spec',
    ],
    [
      'too much depth',
      `a: ${'['.repeat(70)}${']'.repeat(70)}`,
      'a.yaml:1:68: YAML: nested more than 64 levels deep',
    ],
  ])('%s', (_, text, message) => {
    const parsed = parse(text);
    expect(problems(parsed)).toEqual([message]);
    expect(parsed.documents).toEqual([]);
  });

  it('bytes that are not UTF-8', () => {
    const parsed = parseFile('a.yaml', Uint8Array.of(0x61, 0x3a, 0x20, 0xc3, 0x28));
    expect(problems(parsed)).toEqual(['a.yaml:1:1: not valid UTF-8; save the file as UTF-8']);
  });

  it('ten megabytes, which are not parsed', () => {
    const started = performance.now();
    const parsed = parseFile('a.yaml', new Uint8Array(10 * 1024 * 1024).fill(0x61));
    expect(problems(parsed)).toEqual([
      'a.yaml:1:1: the file has 10485760 bytes; a manifest file may have at most 1048576',
    ]);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('a hundred thousand brackets', () => {
    expect(problems(parse('['.repeat(100_000)))).toEqual([
      expect.stringContaining('YAML: nested too deeply'),
    ]);
  });
});

describe('a file', () => {
  it('may hold several documents, and empty ones are skipped', () => {
    const { documents } = parse('---\n# nothing\n---\na: 1\n---\n---\nb: 2\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('without any content is a save that was cut off, and no wish to delete', () => {
    const message = 'the file is empty; remove the file if its objects are to go';
    expect(parse('').problems.map((problem) => problem.message)).toEqual([message]);
    expect(parse('# nothing here yet\n').problems).toEqual([]);
  });

  it('is YAML 1.2, where yes is text and 012 is twelve', () => {
    expect(parse('a: yes\nb: 012\nc: 0o12').documents[0]?.value).toEqual({ a: 'yes', b: 12, c: 10 });
  });

  it('gives values of its own where it uses an alias', () => {
    const value = parse('a: &a {x: [1]}\nb: *a').documents[0]?.value;
    expect(value).toEqual({ a: { x: [1] }, b: { x: [1] } });
    expect(value?.['a']).not.toBe(value?.['b']);
  });

  it('cannot set the prototype of an object', () => {
    const value = parse('__proto__: {polluted: true}').documents[0]?.value;
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
    expect(value?.['polluted']).toBeUndefined();
  });

  it('tells where every part of it stands', () => {
    const [document] = parse('# first\nspec:\n  list:\n    - name: 007\n').documents;
    expect(document?.locate(['spec', 'list', 0, 'name'])).toEqual({
      key: { line: 4, column: 7 },
      value: { line: 4, column: 13 },
      written: '007',
    });
    expect(document?.locate(['spec', 'absent', 'deeper']).key).toEqual({ line: 2, column: 1 });
  });
});

describe('arbitrary input never throws', () => {
  it('as bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseFile('a.yaml', bytes)).not.toThrow();
      }),
    );
  });

  it('as text made of the characters that mean something in YAML', () => {
    const piece = fc.constantFrom(
      ...'\n : - [ ] { } , & * ! | > \' " % @ ` # ? < ~ . 0 a x \t'.split(' '),
      ' ',
      '&a ',
      '*a',
      '---\n',
      '<<: ',
      '!!set ',
      ': ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const { value } of parse(pieces.join('')).documents) {
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
        }
      }),
      { numRuns: 500 },
    );
  });
});
