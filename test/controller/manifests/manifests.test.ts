import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../controller/manifests/read.ts';
import { keysOf, problemsOf, rules } from './samples.ts';

function directory(path: string): string {
  return new URL(path, import.meta.url).pathname;
}

describe('the manifests', () => {
  it('of the contract are valid', async () => {
    const set = await readManifests(directory('contract'), rules);
    expect(problemsOf(set)).toEqual([]);
    expect(keysOf(set)).toEqual([
      'DataLake/production/lake',
      'Environment/cloud-dev',
      'Environment/cloud-prod',
      'Environment/production',
    ]);
  });

  it('of our environments are valid', async () => {
    const set = await readManifests(directory('../../../manifests'), rules);
    expect(problemsOf(set)).toEqual([]);
    expect(keysOf(set)).toEqual(['DataLake/production/lake', 'Environment/production']);
  });

  it('of our production say what the contract says', async () => {
    const own = await readManifests(directory('../../../manifests/production'), rules);
    const contract = await readManifests(directory('contract'), rules);
    for (const key of own.objects.keys()) {
      expect(own.objects.get(key)?.spec).toEqual(contract.objects.get(key)?.spec);
    }
  });
});
