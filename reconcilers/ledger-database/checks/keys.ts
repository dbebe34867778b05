import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { KeyAttribute } from '../../aws/dynamodb/table-spec.ts';
import type { TableOfLedger } from '../spec.ts';

type Keyed = { readonly partitionKey: KeyAttribute; readonly sortKey?: KeyAttribute };
type Path = SpecFault['path'];
type Placed = { readonly path: Path; readonly attribute: KeyAttribute };

/** Attributes that are keys: two different ones for a table or index, and the same type wherever one is used. */
export function checkKeys(table: TableOfLedger): readonly SpecFault[] {
  const keyed: readonly (readonly [Path, Keyed])[] = [
    [[], table],
    ...table.globalIndexes.map((index, place) => [['globalIndexes', place], index] as const),
  ];
  const attributes = keyed.flatMap(([path, keys]) => attributesOf(path, keys));
  return [
    ...keyed.flatMap(([path, keys]) => sameTwice(path, keys)),
    ...attributes.flatMap((one, index) => otherType(one, attributes.slice(0, index))),
    ...timeToLive(table, attributes),
  ];
}

function attributesOf(path: Path, { partitionKey, sortKey }: Keyed): readonly Placed[] {
  return [
    { path: [...path, 'partitionKey'], attribute: partitionKey },
    ...(sortKey === undefined ? [] : [{ path: [...path, 'sortKey'], attribute: sortKey }]),
  ];
}

function sameTwice(path: Path, { partitionKey, sortKey }: Keyed): readonly SpecFault[] {
  if (partitionKey.name !== sortKey?.name) return [];
  const message = `${sortKey.name} is the partition key already; choose another attribute`;
  return [{ path: [...path, 'sortKey', 'name'], message }];
}

function otherType({ path, attribute }: Placed, before: readonly Placed[]): readonly SpecFault[] {
  const first = before.find((placed) => placed.attribute.name === attribute.name);
  if (first === undefined || first.attribute.type === attribute.type) return [];
  const message = `${attribute.name} is of type ${first.attribute.type} elsewhere in this table; an attribute has one type`;
  return [{ path: [...path, 'type'], message }];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html */
function timeToLive(
  { timeToLive: name }: TableOfLedger,
  attributes: readonly Placed[],
): readonly SpecFault[] {
  const key = attributes.find(({ attribute }) => attribute.name === name && attribute.type !== 'N');
  if (key === undefined) return [];
  const message = `${key.attribute.name} is a key of type ${key.attribute.type}; items expire by a number (N) only`;
  return [{ path: ['timeToLive'], message }];
}
