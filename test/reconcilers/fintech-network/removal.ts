import { mutating, readingOf, type Controller, type Pass } from '../../product.ts';
import { contract, networkKey } from './network.ts';

/** The checkout after somebody removed the manifest of the network. */
export const withoutNetwork = readingOf(contract.environment);

const mostPasses = 20;

/** Passes one after the other until the network is gone, or so many. */
export async function passes(controller: Controller, most: number): Promise<readonly Pass[]> {
  const made: Pass[] = [];
  while (made.length < most && controller.objects.get(networkKey) !== undefined)
    made.push(await controller.pass(networkKey));
  return made;
}

/** Passes until one wrote nothing, because all that is left waits for something, or until the network is gone. */
export async function passesUntilQuiet(controller: Controller): Promise<readonly Pass[]> {
  const made: Pass[] = [];
  for (let last: Pass | undefined; last === undefined || mutating(last.calls).length > 0; made.push(last)) {
    if (controller.objects.get(networkKey) === undefined) break;
    if (made.length === mostPasses) throw new Error(`${networkKey} still writes after ${mostPasses} passes`);
    last = await controller.pass(networkKey);
  }
  return made;
}

/** Calls that AWS did not carry out, as `DeleteSubnet app-us-east-1a DependencyViolation`. */
export function refusedIn(made: readonly Pass[]): readonly string[] {
  return made
    .flatMap(({ calls }) => calls)
    .filter(({ outcome }) => outcome !== 'success')
    .map(({ operation, node, errorCode }) => `${operation} ${node ?? ''} ${errorCode ?? ''}`);
}

/** Nodes in the order in which a successful call of one of these operations took them away. */
export function removedIn(made: readonly Pass[], operations: RegExp): readonly string[] {
  return made
    .flatMap(({ calls }) => calls)
    .filter(({ operation, outcome }) => operations.test(operation) && outcome === 'success')
    .map(({ node }) => node ?? '');
}
