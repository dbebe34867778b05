import type { Identity } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { readTags } from './tags.ts';

/**
 * Carries out a creation. That the name is taken is as good if what has it is ours: made by a call whose
 * answer was lost. False then.
 */
export async function createOnce(
  aws: Aws,
  arn: string,
  identity: Identity,
  creation: Promise<unknown>,
): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    makeSureItIsOurs(`${arn} exists already`, await readTags(aws, arn), identity, error);
    return false;
  }
}
