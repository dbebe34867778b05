import { NotFound } from '../../controller/engine/errors.ts';

/** For what is to go: that it is gone already is as good. */
export async function ifThere(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
