import { describe, expect, test } from 'vitest';
import { hasUnknown, Ref, refsIn, Replaced, resolve, text, Unknown } from '../../../controller/engine/ref.ts';

const bucket = new Ref<string>({ kind: 'node', node: 'data', type: 's3/bucket' }, 'arn');
const other = new Ref<string>({ kind: 'object', object: 'Thing/test/two' }, 'ids.main');

describe('a reference', () => {
  test('does not silently become text in a plain template literal', () => {
    expect(() => `${String(bucket)}/*`).toThrow(
      's3/bucket data.arn is not known yet: join it with text`...` instead of a plain template',
    );
    expect(() => String(text`${bucket}/*`)).toThrow('this text holds references');
  });

  test('is joined with text and shown by its name', () => {
    expect(JSON.stringify({ all: text`${bucket}/*`, port: text`${other}:${443}` })).toBe(
      '{"all":"${s3/bucket data.arn}/*","port":"${Thing/test/two.ids.main}:443"}',
    );
  });

  test('is found however deep it is, in the order of appearance', () => {
    expect(refsIn({ list: [{ deep: text`x-${other}` }, null, 1], last: bucket })).toEqual([other, bucket]);
    expect(refsIn('plain')).toEqual([]);
  });
});

describe('resolving', () => {
  test('puts values in the place of references and leaves everything else alone', () => {
    const input = { arn: bucket, all: [text`${bucket}/*`, 'x'], none: undefined, zero: 0, nil: null };
    expect(resolve(input, () => 'arn:1')).toEqual({ ...input, arn: 'arn:1', all: ['arn:1/*', 'x'] });
  });

  test('marks what is not known yet, also inside a text', () => {
    const resolved = resolve({ arn: bucket, all: text`${bucket}/*` }, () => undefined);
    expect(JSON.stringify(resolved)).toBe(
      '{"arn":"(known after s3/bucket data.arn)","all":"(known after s3/bucket data.arn)"}',
    );
    expect(hasUnknown(resolved)).toBe(true);
    expect(hasUnknown({ deep: [{ x: 'known' }] })).toBe(false);
  });

  test('keeps what is being replaced apart from what is not there yet', () => {
    const resolved = resolve([bucket, text`${bucket}/*`], () => new Replaced('s3/bucket data.arn'));
    expect(resolved).toEqual([expect.any(Replaced), expect.any(Replaced)]);
    expect(hasUnknown(resolved, Replaced)).toBe(true);
    expect(hasUnknown([new Unknown('x')], Replaced)).toBe(false);
  });
});
