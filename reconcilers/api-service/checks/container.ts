import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

/** Directories that stay writable where nothing else is. */
export function checkContainer({ container }: ApiServiceSpec): readonly SpecFault[] {
  const { readOnlyRootFilesystem, writablePaths } = container;
  if (writablePaths.length === 0) return [];
  if (!readOnlyRootFilesystem) {
    // An empty directory would hide what the image has there.
    const message = 'only with readOnlyRootFilesystem: true; without it everything can be written to';
    return [{ path: ['container', 'writablePaths'], message }];
  }
  return writablePaths.flatMap((path, index) => {
    const outer = writablePaths.find((other) => path.startsWith(`${other}/`));
    if (outer === undefined) return [];
    const message = `${path} is in ${outer}, which can be written to already`;
    return [{ path: ['container', 'writablePaths', index], message }];
  });
}
