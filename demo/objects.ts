/** An object as the daemon's API shows it, as far as the demo looks at it. */
export type ShownObject = {
  readonly key: string;
  readonly ready: boolean;
  /** The reason of its Ready, or that nobody has looked at it yet. */
  readonly state: string;
  readonly message: string;
  readonly bucketNames: readonly string[];
};

const api = '/apis/fintech.global/v1alpha1';

/** All data lakes, from the same API that kubectl uses. */
export async function dataLakes(address: string): Promise<readonly ShownObject[]> {
  const answer = await fetch(`http://${address}${api}/datalakes`);
  return membersOf(await answer.json(), 'items').map(shown);
}

/** Asks the daemon to look at an object now instead of at its next resync. */
export async function reconcileNow(address: string, namespace: string, name: string): Promise<void> {
  await fetch(`http://${address}${api}/namespaces/${namespace}/datalakes/${name}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({
      metadata: { annotations: { 'fintech.global/reconcile-requested-at': new Date().toISOString() } },
    }),
  });
}

function shown(object: unknown): ShownObject {
  const ready = membersOf(at(object, 'status'), 'conditions').find(
    (condition) => at(condition, 'type') === 'Ready',
  );
  const resources = membersOf(at(object, 'status'), 'resources');
  return {
    key: `${text(object, 'kind')}/${text(at(object, 'metadata'), 'namespace')}/${text(at(object, 'metadata'), 'name')}`,
    ready: at(ready, 'status') === 'True',
    state: text(ready, 'reason') || 'Pending',
    message: text(ready, 'message'),
    bucketNames: resources
      .filter((resource) => at(resource, 'type') === 's3/bucket')
      .map((resource) => text(resource, 'id')),
  };
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(key)
    : undefined;
}

function text(value: unknown, key: string): string {
  const found = at(value, key);
  return typeof found === 'string' ? found : '';
}

function membersOf(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
}
