/** An object as the daemon's API shows it, as far as the demo looks at it. */
export type ShownObject = {
  readonly key: string;
  /** Where the API has it. */
  readonly path: string;
  readonly ready: boolean;
  /** The reason of its Ready, or that nobody has looked at it yet. */
  readonly state: string;
  readonly message: string;
  /** Ids of its resources, by `<type> <node>`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Names of secrets that wait for a person. */
  readonly emptySecrets: readonly string[];
};

const api = '/apis/fintech.global/v1alpha1';
const plurals = ['datalakes', 'fintechnetworks', 'ledgerdatabases', 'apiservices'];

/** All objects, from the same API that kubectl uses. */
export async function allObjects(address: string): Promise<readonly ShownObject[]> {
  const found = plurals.map(async (plural) => {
    const answer = await fetch(`http://${address}${api}/${plural}`);
    return membersOf(await answer.json(), 'items').map((object) => shown(plural, object));
  });
  return (await Promise.all(found)).flat();
}

/** Asks the daemon to look at an object now instead of at its next resync. */
export async function reconcileNow(address: string, { path }: ShownObject): Promise<void> {
  await fetch(`http://${address}${path}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({
      metadata: { annotations: { 'fintech.global/reconcile-requested-at': new Date().toISOString() } },
    }),
  });
}

function shown(plural: string, object: unknown): ShownObject {
  const name = text(at(object, 'metadata'), 'name');
  const namespace = text(at(object, 'metadata'), 'namespace');
  const status = at(object, 'status');
  const ready = membersOf(status, 'conditions').find((condition) => at(condition, 'type') === 'Ready');
  const resources = membersOf(status, 'resources').map(
    (resource) => [`${text(resource, 'type')} ${text(resource, 'node')}`, text(resource, 'id')] as const,
  );
  return {
    key: `${text(object, 'kind')}/${namespace}/${name}`,
    path: `${api}/namespaces/${namespace}/${plural}/${name}`,
    ready: at(ready, 'status') === 'True',
    state: text(ready, 'reason') || 'Pending',
    message: text(ready, 'message'),
    ids: new Map(resources),
    emptySecrets: membersOf(status, 'secrets')
      .filter((secret) => at(secret, 'hasValue') === false)
      .map((secret) => text(secret, 'name')),
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
