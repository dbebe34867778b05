import { Terminal } from '../../../controller/engine/errors.ts';
import type { Identity } from '../../../controller/engine/resource-type.ts';

/** IAM cannot be searched by tag, but by path: the path of a role says whose it is. */
export const PATH_PREFIX = '/fintech.global/';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
const LONGEST_PATH = 512;
const PATH = /^\/[\u0021-\u007E]+\/$/;

/** `/fintech.global/<Kind>/<namespace>/<name>/<node>/` */
export function rolePath({ owner, node }: Identity): string {
  const path = `${PATH_PREFIX}${owner}/${node}/`;
  if (path.length > LONGEST_PATH || !PATH.test(path)) {
    throw new Terminal(
      'InvalidSpec',
      `cannot have the path ${path}: IAM takes ${LONGEST_PATH} characters without spaces`,
    );
  }
  return path;
}

/** Whose role it is; undefined for roles of others. */
export function identityInPath(path: string | undefined): Identity | undefined {
  if (path?.startsWith(PATH_PREFIX) !== true) return undefined;
  const [kind, namespace, name, ...node] = path.slice(PATH_PREFIX.length, -1).split('/');
  if (name === undefined || node.length === 0) return undefined;
  return { owner: `${kind}/${namespace}/${name}`, node: node.join('/') };
}
