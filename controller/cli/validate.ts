import type { Rules } from '../manifests/assemble.ts';
import { readManifests } from '../manifests/read.ts';
import { exitCodes, type Output } from './output.ts';
import { printProblems } from './workspace.ts';

/** Says what is wrong with the manifests of a directory. Needs no AWS and changes nothing. */
export async function validate(
  directory: string,
  format: 'text' | 'json',
  rules: Rules,
  output: Output,
): Promise<number> {
  const reading = await readManifests(directory, rules);
  const objects = [...reading.objects.keys()];
  if (format === 'json') output.out(JSON.stringify({ objects, problems: reading.problems }, undefined, 2));
  else {
    printProblems(reading, directory, output);
    const problems = reading.problems.length;
    if (problems === 0) output.out(`${objects.length} objects, all valid`);
    else output.err(`${problems} problem${problems === 1 ? '' : 's'}`);
  }
  return reading.problems.length === 0 ? exitCodes.ok : exitCodes.failed;
}
