import { plan, type PlanFormat } from '../../controller/cli/plan.ts';
import { readManifests } from '../../controller/manifests/read.ts';
import type { Clock } from '../../controller/engine/clock.ts';
import { systemClock } from '../../controller/time.ts';
import { kinds } from '../../reconcilers/index.ts';
import { rules, type Controller, type Pass } from '../product.ts';
import { Person } from './person.ts';

/** Each waits a quarter of a second at most. */
const mostPasses = 60;

/** What `fintechctl plan` prints, and its exit code. */
export async function planned(
  controller: Controller,
  directory: string,
  clock: Clock = systemClock,
  format: PlanFormat = 'text',
) {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const output = { out: print, err: print, isTerminal: false, columns: 100 };
  const records = [...controller.objects.all.values()];
  const code = await plan(directory, format, records, rules, controller.product, output, clock);
  return { code, text: withoutIds(lines.join('\n')) };
}

/** Makes everything that the manifests of a directory want; a person puts values into the secrets left to people. */
export async function convergeAll(controller: Controller, directory: string): Promise<void> {
  const set = await readManifests(directory, rules);
  await controller.apply(set);
  const person = new Person(controller);
  for (const key of inOrder([...set.objects.keys()])) await convergeWith(person, controller, key, mostPasses);
  person.close();
}

/** Makes one of them. */
export async function convergeWith(
  person: Person,
  controller: Controller,
  key: string,
  most?: number,
): Promise<readonly Pass[]> {
  const first = await controller.pass(key);
  await person.fillSecrets();
  return [first, ...(await controller.converge(key, most))];
}

/** Each after those that it refers to. */
export function inOrder(keys: readonly string[]): readonly string[] {
  return keys.toSorted(byKind);
}

/** Objects refer to those of kinds that stand before theirs; to Environments, which are none of these, all do. */
function byKind(one: string, other: string): number {
  return placeOf(one) - placeOf(other);
}

function placeOf(key: string): number {
  return kinds.findIndex(({ kind }) => key.startsWith(`${kind}/`));
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<key id>');
}
