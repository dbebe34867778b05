import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { singleInstance } from './ledger-life.ts';
import { wanted } from './wanted.ts';

const max_connections = '500';

function maxConnections(changes: JsonObject): unknown {
  return wanted(changes).status['maxConnections'];
}

describe('How many connections an instance takes', () => {
  test('is what its class has by itself, if no parameter says it', () => {
    expect(maxConnections({ parameters: {} })).toBe(
      '${rds/cluster-instance instance-0.defaultMaxConnections}',
    );
    expect(maxConnections({ ...singleInstance, instanceParameters: {} })).toBe(
      '${rds/instance instance.defaultMaxConnections}',
    );
  });

  test('is what the parameter says, that of instances before that of their cluster', () => {
    expect(maxConnections({ parameters: { max_connections } })).toBe(500);
    expect(
      maxConnections({ parameters: { max_connections }, instanceParameters: { max_connections: '300' } }),
    ).toBe(300);
    expect(maxConnections({ ...singleInstance, parameters: { max_connections } })).toBe(500);
  });

  test('is not known where the parameter is a formula', () => {
    const formula = 'LEAST({DBInstanceClassMemory/12000000},4000)';
    expect(maxConnections({ parameters: { max_connections: formula } })).toBe(0);
  });
});
