import { installEmulator } from './emulator/install.ts';

/** Before any test: the first one to need the emulator should not run out of time while it is installed. */
export async function setup(): Promise<void> {
  await installEmulator();
}
