import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection as SdkProjection,
  ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import { sameUnordered } from '../same.ts';
import { same } from '../../../controller/engine/compare.ts';
import type { GlobalIndex, KeyAttribute, Keys, LocalIndex, Projection, TableSpec } from './table-spec.ts';

type Definitions = readonly AttributeDefinition[] | undefined;

export function keySchema({ partitionKey, sortKey }: Keys): KeySchemaElement[] {
  const schema: KeySchemaElement[] = [{ AttributeName: partitionKey.name, KeyType: 'HASH' }];
  if (sortKey !== undefined) schema.push({ AttributeName: sortKey.name, KeyType: 'RANGE' });
  return schema;
}

/** Every attribute that is a key of the table or of one of these indexes, and no other: DynamoDB takes no more. */
export function attributeDefinitions(
  { keys, localIndexes }: Pick<TableSpec, 'keys' | 'localIndexes'>,
  globalIndexes: TableSpec['globalIndexes'],
): AttributeDefinition[] {
  const attributes = [keys, ...Object.values(globalIndexes)].flatMap(({ partitionKey, sortKey }) =>
    sortKey === undefined ? [partitionKey] : [partitionKey, sortKey],
  );
  attributes.push(...Object.values(localIndexes).map(({ sortKey }) => sortKey));
  const types = new Map(attributes.map(({ name, type }) => [name, type]));
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

export function globalIndex(IndexName: string, index: GlobalIndex): GlobalSecondaryIndex {
  return { IndexName, KeySchema: keySchema(index), Projection: sdkProjection(index.projection) };
}

export function localIndex(IndexName: string, index: LocalIndex, keys: Keys): LocalSecondaryIndex {
  const KeySchema = keySchema({ ...keys, sortKey: index.sortKey });
  return { IndexName, KeySchema, Projection: sdkProjection(index.projection) };
}

export function keysOf(schema: readonly KeySchemaElement[] | undefined, definitions: Definitions): Keys {
  const attribute = (type: KeySchemaElement['KeyType']): KeyAttribute | undefined => {
    const name = schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
    return name === undefined ? undefined : { name, type: typeOf(name, definitions) };
  };
  return { partitionKey: attribute('HASH') ?? { name: '', type: 'S' }, sortKey: attribute('RANGE') };
}

function typeOf(name: string, definitions: Definitions): ScalarAttributeType {
  return definitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
}

export function projectionOf(projection: SdkProjection | undefined): Projection {
  return { type: projection?.ProjectionType ?? 'ALL', attributes: projection?.NonKeyAttributes ?? [] };
}

function sdkProjection({ type, attributes }: Projection): SdkProjection {
  return type === 'INCLUDE'
    ? { ProjectionType: type, NonKeyAttributes: [...attributes] }
    : { ProjectionType: type };
}

/** Projected attributes are a set. */
export function sameIndex<Index extends { readonly projection: Projection }>(
  wanted: Index,
  actual: Index,
): boolean {
  const { projection: wantedProjection, ...wantedKeys } = wanted;
  const { projection: actualProjection, ...actualKeys } = actual;
  return (
    same(wantedKeys, actualKeys) &&
    wantedProjection.type === actualProjection.type &&
    sameUnordered(wantedProjection.attributes, actualProjection.attributes)
  );
}

export function sameIndexes<Index extends { readonly projection: Projection }>(
  wanted: Readonly<Record<string, Index>>,
  actual: Readonly<Record<string, Index>>,
): boolean {
  const names = new Set([...Object.keys(wanted), ...Object.keys(actual)]);
  return [...names].every((name) => {
    const [one, other] = [wanted[name], actual[name]];
    return one !== undefined && other !== undefined && sameIndex(one, other);
  });
}
