import type { UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { NotReady } from '../../../controller/engine/errors.ts';
import { attributeDefinitions, globalIndex, sameIndex } from './key-schema.ts';
import { throughputOfIndex } from './table-creation.ts';
import type { TableSpec } from './table-spec.ts';

/**
 * Makes or removes one index: DynamoDB takes no more at a time. New ones come before old ones go; one that is
 * defined anew has to go first, as the name is the same.
 */
export async function writeIndexes(
  actual: TableSpec,
  wanted: TableSpec,
  update: (wanted: Omit<UpdateTableCommandInput, 'TableName'>) => Promise<void>,
): Promise<void> {
  const missing = Object.keys(wanted.globalIndexes).filter((name) => !(name in actual.globalIndexes));
  const outdated = Object.keys(actual.globalIndexes).filter((name) => isOutdated(name, actual, wanted));
  const [name, ...others] = [...missing, ...outdated];
  if (name === undefined) return;
  const index = wanted.globalIndexes[name];
  if (missing.includes(name) && index !== undefined) {
    // Those of the other indexes have to be given again.
    const together = { ...actual.globalIndexes, [name]: index };
    await update({
      AttributeDefinitions: attributeDefinitions(actual, together),
      GlobalSecondaryIndexUpdates: [
        { Create: { ...globalIndex(name, index), ...throughputOfIndex(wanted.capacity, name) } },
      ],
    });
  } else await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }] });
  const left = outdated.includes(name) && index !== undefined ? [name, ...others] : others;
  if (left.length > 0)
    throw new NotReady(`changes its indexes one after another: ${left.join(', ')} still to come`);
}

function isOutdated(name: string, actual: TableSpec, wanted: TableSpec): boolean {
  const [one, other] = [wanted.globalIndexes[name], actual.globalIndexes[name]];
  return one === undefined || (other !== undefined && !sameIndex(one, other));
}
