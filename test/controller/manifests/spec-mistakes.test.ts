import { describe, expect, test } from 'vitest';
import { environment, lake, problemsOf, setOf } from './samples.ts';

type Mistake = readonly [sentence: string, spec: string, ...messages: readonly string[]];

/** The sample lake, with these lines appended to its spec from line 7, in the file lake.yaml. */
function problemsOfLake(spec: string): readonly string[] {
  return problemsOf(setOf({ 'environment.yaml': environment, 'lake.yaml': `${lake}${spec}` }));
}

function inLake(position: string, text: string): string {
  return `lake.yaml:${position}: DataLake/production/lake: ${text}`;
}

describe('a mistake in a spec is told with its place, its field and a way out', () => {
  const mistakes: readonly Mistake[] = [
    [
      'a misspelt field',
      '  versionning: true',
      inLake('7:3', 'spec.versionning: unknown field; did you mean versioning?'),
    ],
    [
      'the beginning of a field',
      '  encrypt: {}',
      inLake('7:3', 'spec.encrypt: unknown field; did you mean encryption?'),
    ],
    [
      'a field in the wrong place',
      '  rotationPeriodDays: 100',
      inLake(
        '7:3',
        'spec.rotationPeriodDays: unknown field; did you mean spec.encryption.rotationPeriodDays?',
      ),
    ],
    ['a field that is like none', '  colour: red', inLake('7:3', 'spec.colour: unknown field')],
    [
      'a field that is misspelt and therefore missing, told once',
      '  replication: {bucketname: copies}',
      inLake('7:17', 'spec.replication.bucketname: unknown field; did you mean bucketName?'),
    ],
    [
      'a missing field',
      '  replication: {}',
      inLake('7:3', 'spec.replication.bucketName: required field is missing'),
    ],
    [
      'text in place of a boolean',
      '  versioning: yes',
      inLake(
        '7:15',
        'spec.versioning: expected a boolean, true or false, found the text "yes"; write true, without quotes',
      ),
    ],
    [
      'a number in quotes',
      '  noncurrentVersionExpirationDays: "90"',
      inLake(
        '7:36',
        'spec.noncurrentVersionExpirationDays: expected a whole number from 1 to 36500, found the text "90"; remove the quotes',
      ),
    ],
    [
      'a fraction',
      '  noncurrentVersionExpirationDays: 1.5',
      inLake(
        '7:36',
        'spec.noncurrentVersionExpirationDays: expected a whole number from 1 to 36500, found the number 1.5',
      ),
    ],
    [
      'a number out of range',
      '  encryption:\n    deletionWindowDays: 31',
      inLake(
        '8:25',
        'spec.encryption.deletionWindowDays: expected a whole number from 7 to 30, found the number 31',
      ),
    ],
    [
      'a value without its list',
      '  prefixes: raw/',
      inLake(
        '7:13',
        'spec.prefixes: expected a list of at most 100 items, found the text "raw/"; write it as a list: [raw/]',
      ),
    ],
    [
      'a list in place of a mapping',
      '  encryption: []',
      inLake('7:15', 'spec.encryption: expected a mapping, found a list'),
    ],
    [
      'a field without a value',
      '  versioning:',
      inLake(
        '7:14',
        'spec.versioning: expected a boolean, true or false, found nothing; give it a value or remove the field',
      ),
    ],
    [
      'a value that is none of the permitted ones',
      '  deletionPolicy: Keep',
      inLake('7:19', 'spec.deletionPolicy: expected one of Retain, Delete, found the text "Keep"'),
    ],
    [
      'a permitted value in other letters',
      '  deletionPolicy: retain',
      inLake(
        '7:19',
        'spec.deletionPolicy: expected one of Retain, Delete, found the text "retain"; did you mean Retain?',
      ),
    ],
    [
      'a prefix that begins with a slash',
      '  prefixes: [raw/, /logs/]',
      inLake(
        '7:20',
        'spec.prefixes[1]: expected a prefix that ends with / and does not begin with /, like raw/events/, found the text "/logs/"',
      ),
    ],
    [
      'a prefix twice',
      '  prefixes: [raw/, logs/, raw/]',
      inLake('7:27', 'spec.prefixes[2]: already in the list as spec.prefixes[0]'),
    ],
    [
      'two rules for a prefix',
      '  lifecycle:\n    - {prefix: a/, expirationDays: 1}\n    - {prefix: a/, expirationDays: 2}',
      inLake('9:7', 'spec.lifecycle[1]: has the same prefix as spec.lifecycle[0]'),
    ],
    [
      'an empty list where one item is needed',
      '  lifecycle: [{prefix: a/, transitions: []}]',
      inLake('7:41', 'spec.lifecycle[0].transitions: expected a list of 1 to 6 items, found an empty list'),
    ],
    [
      'none of two alternatives that both may be given',
      '  lifecycle:\n    - prefix: a/',
      inLake(
        '8:7',
        'spec.lifecycle[0]: at least one of transitions and expirationDays must be given, found none',
      ),
    ],
    [
      'both of two alternatives',
      '  objectLock: {mode: COMPLIANCE, retentionDays: 1, retentionYears: 1}',
      inLake(
        '7:3',
        'spec.objectLock: exactly one of retentionYears and retentionDays must be given, found retentionYears and retentionDays',
      ),
    ],
    [
      'neither of two alternatives',
      '  objectLock: {mode: COMPLIANCE}',
      inLake(
        '7:3',
        'spec.objectLock: exactly one of retentionYears and retentionDays must be given, found none',
      ),
    ],
    [
      'several mistakes, in the order of the file',
      '  versioning: maybe\n  lifecycle:\n    - prefix: a/\n      transitions:\n        - {storageClass: glacier}',
      inLake('7:15', 'spec.versioning: expected a boolean, true or false, found the text "maybe"'),
      inLake('11:11', 'spec.lifecycle[0].transitions[0].days: required field is missing'),
      inLake(
        '11:26',
        'spec.lifecycle[0].transitions[0].storageClass: expected one of STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE, found the text "glacier"; did you mean GLACIER?',
      ),
    ],
    ['a status', 'status: {}', inLake('7:1', 'status: written by the controller; remove it')],
    ['an unknown part of the object', 'data: {}', inLake('7:1', 'data: unknown field')],
  ];

  test.each(mistakes)('%s', (_, spec, ...messages) => {
    expect(problemsOfLake(spec)).toEqual(messages);
  });

  test.each([
    'My_Bucket',
    'ab',
    'a'.repeat(64),
    '-bucket',
    'bucket-',
    'two..dots',
    '192.168.0.1',
    'xn--bucket',
    'bucket-s3alias',
  ])('the bucket name %s', (name) => {
    const set = setOf({ 'e.yaml': environment, 'lake.yaml': lake.replace('data-bucket', name) });
    expect(problemsOf(set)).toEqual([
      `lake.yaml:5:15: DataLake/production/lake: spec.bucketName: expected a bucket name: 3 to 63 lower-case letters, digits, hyphens and dots, first and last a letter or digit, as S3 permits, found the text "${name}"`,
    ]);
  });

  test.each(['abc', 'a.b', 'a'.repeat(63), '1-2.3-4', 'fintech-data-lake-123456789012'])(
    'but not %s',
    (name) => {
      expect(
        problemsOf(setOf({ 'e.yaml': environment, 'lake.yaml': lake.replace('data-bucket', name) })),
      ).toEqual([]);
    },
  );

  test('more of them than a person reads are cut off', () => {
    const fields = Array.from({ length: 1000 }, (_, index) => `  ${'xyz'.repeat(9)}${index}: 1`);
    expect(problemsOfLake(fields.join('\n'))).toHaveLength(50);
  });
});
