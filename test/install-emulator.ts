import { quickenEmulators } from './emulator/start.ts';

/** Before any test: none should run out of time while the emulator is installed, or be the one to load it. */
export async function setup(): Promise<() => Promise<void>> {
  return quickenEmulators();
}
