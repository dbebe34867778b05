import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/slowest-first.ts';

const withoutEmulator = [
  'test/controller/**/*.test.ts',
  'test/docs.test.ts',
  'test/drawing.test.ts',
  'test/dockerfile.test.ts',
];

// Every file, and every daemon of a test, is a process of its own, which would compile the SDK of AWS anew.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('node_modules/.cache/node-compile-cache', import.meta.url),
);

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // What a file leaves behind is its own fault; loading the SDK of AWS anew for each costs a quarter of all time.
    isolate: false,
    // A file and its emulator take turns, and both wait now and then: two would leave a core idle.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    projects: [
      // Fakes and files only: seconds, and no Python. npm run test:fast
      { extends: true, test: { name: 'fast', include: withoutEmulator } },
      {
        extends: true,
        test: {
          name: 'emulator',
          include: ['test/**/*.test.ts'],
          exclude: withoutEmulator,
          globalSetup: ['test/install-emulator.ts'],
        },
      },
    ],
  },
});
