import { isFields } from '../../controller/engine/resource-type.ts';
import type { DataState } from '../data-state/resources.ts';

/** Instances that are made at the same time: which of them AWS lets write is chance, that one does is not. */
export function withoutChoiceOfWriter(data: DataState): DataState {
  const read: DataState = JSON.parse(JSON.stringify(data, withoutRoles));
  return read;
}

function withoutRoles(key: string, value: unknown): unknown {
  if (key !== 'DBClusterMembers' || !Array.isArray(value)) return value;
  const members = value.filter(isFields);
  return {
    instances: new Set(members.map((member) => member['DBInstanceIdentifier'])).size,
    writers: members.filter((member) => member['IsClusterWriter'] === true).length,
  };
}
