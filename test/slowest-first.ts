import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take a minute, much of it waiting: begun last, they would be all that is left to wait for. */
const slow = ['/test/crash/', '/test/demo.test.ts', '/drift.test.ts', 'fields.test.ts'] as const;

/** A clean clone knows nothing of earlier runs, and vitest would begin with the longest files rather than the slowest. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = slow.findIndex((part) => moduleId.includes(part));
  return place < 0 ? slow.length : place;
}
