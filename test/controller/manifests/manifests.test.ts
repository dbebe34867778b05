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
      'ApiService/cloud-dev/fastapi',
      'ApiService/cloud-prod/fastapi',
      'ApiService/production/fintech-api',
      'DataLake/production/lake',
      'Environment/cloud-dev',
      'Environment/cloud-prod',
      'Environment/production',
      'FintechNetwork/cloud-dev/core',
      'FintechNetwork/cloud-prod/core',
      'FintechNetwork/production/core',
      'LedgerDatabase/cloud-dev/database',
      'LedgerDatabase/cloud-prod/database',
      'LedgerDatabase/production/ledger',
    ]);
  });

  it('of our environments are valid', async () => {
    const set = await readManifests(directory('../../../manifests'), rules);
    expect(problemsOf(set)).toEqual([]);
    expect(keysOf(set)).toEqual([
      'ApiService/cloud-dev/fastapi',
      'ApiService/cloud-prod/fastapi',
      'ApiService/cloud-staging/fastapi',
      'ApiService/production/fintech-api',
      'DataLake/production/lake',
      'Environment/cloud-dev',
      'Environment/cloud-prod',
      'Environment/cloud-staging',
      'Environment/production',
      'FintechNetwork/cloud-dev/core',
      'FintechNetwork/cloud-prod/core',
      'FintechNetwork/cloud-staging/core',
      'FintechNetwork/production/core',
      'LedgerDatabase/cloud-dev/database',
      'LedgerDatabase/cloud-prod/database',
      'LedgerDatabase/cloud-staging/database',
      'LedgerDatabase/production/ledger',
    ]);
  });

  it.each(['production', 'cloud-dev', 'cloud-prod'])('of our %s say what the contract says', async (name) => {
    const own = await readManifests(directory(`../../../manifests/${name}`), rules);
    const contract = await readManifests(directory('contract'), rules);
    for (const key of own.objects.keys()) {
      expect(own.objects.get(key)?.spec).toEqual(contract.objects.get(key)?.spec);
    }
  });
});
