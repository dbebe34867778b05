import type { JsonObject } from '../../../controller/manifests/json.ts';
import { readAwsState } from '../../aws-state.ts';
import { Controller } from '../../product.ts';
import type { ChangingKind } from '../changing-object.ts';
import { partOf } from '../contract-manifest.ts';
import { contract, lakeKey, production } from './lake.ts';

/** The lake of the contract, with fields of the spec that take the place of those. */
export function changingLake(changes: JsonObject = {}): ChangingKind {
  return {
    key: lakeKey,
    spec: { ...partOf(contract.lake, 'spec'), ...changes },
    manifests: (spec) => production({ lake: spec }),
    prepare: async (endpoint, clock) => new Controller(endpoint, [], clock),
    read: readAwsState,
  };
}
