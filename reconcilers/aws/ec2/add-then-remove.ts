import { Terminal } from '../../../controller/engine/errors.ts';

/** Adds before it removes, so that nothing is interrupted, unless a quota has no room for both. */
export async function addThenRemove(
  add: () => Promise<unknown>,
  remove: () => Promise<unknown>,
  makeRoom = remove,
): Promise<void> {
  try {
    await add();
  } catch (error) {
    if (!(error instanceof Terminal && error.reason === 'QuotaExceeded')) throw error;
    await makeRoom();
    await add();
    return;
  }
  await remove();
}
