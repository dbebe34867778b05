import type { Identity } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs as makeSureOfTags } from '../ownership.ts';
import { arnOf, type RdsResource } from './arn.ts';
import { readTags } from './tags.ts';

/** For a creation that AWS refused because the name is taken: throws if it is somebody else's. */
export async function makeSureItIsOurs(
  aws: Aws,
  resource: RdsResource,
  name: string,
  identity: Identity,
  cause: unknown,
): Promise<void> {
  const tags = await readTags(aws, arnOf(aws, resource, name));
  makeSureOfTags(`${resource}:${name} exists already`, tags, identity, cause);
}

/** Carries out a creation. That the name is taken is as good if what has it is ours: made by a call whose answer was lost. */
export async function createOnce(
  aws: Aws,
  resource: RdsResource,
  name: string,
  identity: Identity,
  creation: Promise<unknown>,
): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    await makeSureItIsOurs(aws, resource, name, identity, error);
  }
}
