import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec, Permission } from '../spec.ts';
import { cannotBeLimited } from './unlimited-actions.ts';

/** Statements that allow something in particular on something in particular. */
export function checkPermissions({ permissions }: ApiServiceSpec): readonly SpecFault[] {
  return permissions.flatMap((permission, index) =>
    [...actionFaults(permission), ...resourceFaults(permission)].map(({ path, message }) => ({
      path: ['permissions', index, ...path],
      message,
    })),
  );
}

function actionFaults({ actions }: Permission): readonly SpecFault[] {
  return actions.flatMap((action, index) => {
    if (!/^(\*|[^:]+:[*?]+)$/.test(action)) return [];
    const all = action === '*' ? 'everything' : `everything that ${action.split(':')[0]} can do`;
    return [{ path: ['actions', index], message: `${action} is ${all}; name the actions that are needed` }];
  });
}

function resourceFaults({ actions, resources }: Permission): readonly SpecFault[] {
  const limited = actions.filter((action) => !cannotBeLimited(action));
  if (limited.length === 0) return [];
  return resources.flatMap((resource, index) => {
    if (!isEverything(resource)) return [];
    const message = `${limited.join(', ')} can be limited to resources; name those that are needed in place of ${resource}`;
    return [{ path: ['resources', index], message }];
  });
}

/** `arn:aws:s3:::*` is no less than `*`. */
function isEverything(resource: string): boolean {
  return resource === '*' || /^arn(:[^:]*){4}:[*?:/]+$/.test(resource);
}
