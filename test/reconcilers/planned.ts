import { plan } from '../../controller/cli/plan.ts';
import { readManifests } from '../../controller/manifests/read.ts';
import { rules, type Controller } from '../product.ts';

/** What `fintechctl plan` prints, and its exit code. */
export async function planned(controller: Controller, directory: string) {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(text);
  const output = { out: print, err: print, isTerminal: false, columns: 100 };
  const records = [...controller.objects.all.values()];
  const code = await plan(directory, 'text', records, rules, controller.product, output);
  return { code, text: withoutIds(lines.join('\n')) };
}

/** Makes everything that the manifests of a directory want. */
export async function convergeAll(controller: Controller, directory: string): Promise<void> {
  const set = await readManifests(directory, rules);
  await controller.apply(set);
  for (const key of set.objects.keys()) await controller.converge(key);
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<key id>');
}
