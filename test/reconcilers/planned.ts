import { plan, type PlanFormat } from '../../controller/cli/plan.ts';
import { readManifests } from '../../controller/manifests/read.ts';
import type { Clock } from '../../controller/engine/clock.ts';
import { systemClock } from '../../controller/time.ts';
import { kinds } from '../../reconcilers/index.ts';
import { rules, type Controller } from '../product.ts';

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

/** Makes everything that the manifests of a directory want. */
export async function convergeAll(controller: Controller, directory: string): Promise<void> {
  const set = await readManifests(directory, rules);
  await controller.apply(set);
  for (const key of [...set.objects.keys()].toSorted(byKind)) await controller.converge(key, mostPasses);
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
