import { expect, test } from 'vitest';
import { problemsAfter, type Edits } from './checked.ts';

const index = '{name: by-user, partitionKey: {name: userId, type: S}, sortKey: {name: timestamp, type: N}}';

/** An index with 20 attributes of its own. */
function including(name: string): string {
  const attributes = Array.from({ length: 20 }, (_, number) => `a${number}`);
  return `{name: ${name}, partitionKey: {name: userId, type: S}, projection: {type: INCLUDE, attributes: [${attributes.join(', ')}]}}`;
}

test.each<readonly [string, Edits, readonly string[]]>([
  [
    'one attribute as both keys',
    { 'name: timestamp, type: N': 'name: userId, type: S' },
    [
      'tables[0].globalIndexes[0].sortKey.name: userId is the partition key already; choose another attribute',
    ],
  ],
  [
    'an attribute of two types',
    { 'name: timestamp, type: N': 'name: transactionId, type: N' },
    [
      'tables[0].globalIndexes[0].sortKey.type: transactionId is of type S elsewhere in this table; an attribute has one type',
    ],
  ],
  [
    'expiry by text',
    { 'timeToLive: expiresAt': 'timeToLive: userId' },
    ['tables[0].timeToLive: userId is a key of type S; items expire by a number (N) only'],
  ],
  [
    'included attributes that are not named',
    { [index]: index.replace(/}$/, ', projection: {type: INCLUDE}}') },
    [
      'tables[0].globalIndexes[0].projection.type: INCLUDE needs projection.attributes; for the keys alone write KEYS_ONLY',
    ],
  ],
  [
    'attributes that everything includes',
    { [index]: index.replace(/}$/, ', projection: {attributes: [amount]}}') },
    ['tables[0].globalIndexes[0].projection.attributes: only with type: INCLUDE'],
  ],
  [
    'more included attributes than a table may have',
    { [index]: ['one', 'two', 'three', 'four', 'five', 'six'].map(including).join('\n        - ') },
    ['tables[0].globalIndexes: include 120 attributes; DynamoDB takes 100 for all indexes of a table'],
  ],
  [
    'more indexes than a table may have',
    {
      [index]: Array.from({ length: 21 }, (_, number) => index.replace('by-user', `by-user-${number}`)).join(
        '\n        - ',
      ),
    },
    ['tables[0].globalIndexes: expected a list of at most 20 items, found a list of 21'],
  ],
  [
    'provisioned capacity that is not given',
    { ', write: {min: 5, max: 100}': '' },
    ['tables[0].capacity.mode: Provisioned needs capacity.write'],
  ],
  [
    'capacity of a table on demand',
    { 'mode: Provisioned': 'mode: OnDemand' },
    [
      'tables[0].capacity.read: only with mode: Provisioned',
      'tables[0].capacity.write: only with mode: Provisioned',
    ],
  ],
  [
    'bounds of capacity in the wrong order',
    { 'read: {min: 5, max: 100}': 'read: {min: 5, max: 4}' },
    ['tables[0].capacity.read.min: 5 is more than max, which is 4'],
  ],
  [
    'a target that DynamoDB does not take',
    { 'read: {min: 5, max: 100}': 'read: {min: 5, max: 100, targetPercent: 95}' },
    ['tables[0].capacity.read.targetPercent: expected a whole number from 20 to 90, found the number 95'],
  ],
  [
    'two tables of one name',
    {
      '  tables:':
        '  tables:\n    - {name: transactions, partitionKey: {name: id, type: S}, capacity: {mode: OnDemand}}',
    },
    ['tables[1]: has the same name as spec.tables[0]'],
  ],
])('Of a table is refused: %s', (_, edits, problems) => {
  expect(problemsAfter(edits)).toEqual(problems);
});
