import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { IndexOfTable, TableOfLedger } from '../spec.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html */
const mostAttributes = 100;

/** What indexes hold of an item. */
export function checkIndexes({ globalIndexes }: TableOfLedger): readonly SpecFault[] {
  const total = globalIndexes.reduce((sum, { projection }) => sum + projection.attributes.length, 0);
  const tooMany = {
    path: ['globalIndexes'],
    message: `include ${total} attributes; DynamoDB takes ${mostAttributes} for all indexes of a table`,
  };
  return [
    ...globalIndexes.flatMap((index, place) =>
      projectionFault(['globalIndexes', place, 'projection'], index),
    ),
    ...(total > mostAttributes ? [tooMany] : []),
  ];
}

function projectionFault(path: SpecFault['path'], { projection }: IndexOfTable): readonly SpecFault[] {
  const { type, attributes } = projection;
  if (type === 'INCLUDE' && attributes.length === 0)
    return [
      {
        path: [...path, 'type'],
        message: 'INCLUDE needs projection.attributes; for the keys alone write KEYS_ONLY',
      },
    ];
  if (type !== 'INCLUDE' && attributes.length > 0)
    return [{ path: [...path, 'attributes'], message: 'only with type: INCLUDE' }];
  return [];
}
