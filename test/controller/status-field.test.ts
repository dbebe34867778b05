import { describe, expect, it } from 'vitest';
import { statusField } from '../../controller/status-field.ts';

const status = {
  vpc: { id: 'vpc-1' },
  subnets: {
    data: [{ id: 'subnet-a', zone: 'a' }, { id: 'subnet-b', zone: 'b' }, { zone: 'c' }],
    app: [{ id: 'subnet-d' }, { id: 'subnet-e' }],
    none: [],
  },
  groups: [{ rules: [{ port: 1 }, { port: 2 }] }, { rules: [{ port: 3 }] }],
};

describe('The field of a status at the end of a path', () => {
  it.each([
    ['vpc.id', 'vpc-1'],
    ['vpc', { id: 'vpc-1' }],
    ['subnets.data.1.id', 'subnet-b'],
    ['subnets.app.*.id', ['subnet-d', 'subnet-e']],
    ['subnets.data.*.zone', ['a', 'b', 'c']],
    ['groups.*.rules.*.port', [[1, 2], [3]]],
    ['subnets.data.%0.zone', 'a'],
    ['subnets.data.%2.zone', 'c'],
    ['subnets.data.%3.zone', 'a'],
    ['subnets.data.%7.zone', 'b'],
  ])('%s is %j', (path, value) => {
    expect(statusField(status, path)).toEqual(value);
  });

  it.each([
    ['is not there', 'vpc.arn'],
    ['is beyond the end', 'vpc.id.more.still'],
    ['is behind the end of a list', 'subnets.app.2.id'],
    ['is in a list that is missing', 'subnets.public.*.id'],
    ['is in an empty list', 'subnets.none.*.id'],
    ['is of an empty list', 'subnets.none.*'],
    ['is counted round an empty list', 'subnets.none.%1'],
    ['is not known of every item', 'subnets.data.*.id'],
    ['is not known of this item', 'subnets.data.%5.id'],
    ['is of all items of what is no list', 'vpc.*.id'],
    ['is counted round what is no list', 'vpc.%0'],
  ])('is unknown where it %s: %s', (_, path) => {
    expect(statusField(status, path)).toBeUndefined();
  });

  it('is unknown while there is no status', () => {
    expect(statusField(undefined, 'subnets.*.id')).toBeUndefined();
  });
});
