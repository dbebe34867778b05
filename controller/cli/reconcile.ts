import type { Schemas } from '../manifests/schema.ts';
import { reconcileAnnotation } from '../http/reconcile-patch.ts';
import { exitCodes, type Output } from './output.ts';

const api = 'apis/fintech.global/v1alpha1';

/** Asks a running daemon to look at an object now. */
export async function reconcile(
  target: {
    readonly object: string;
    readonly namespace: string;
    readonly server: string;
    readonly token?: string;
  },
  plurals: ReadonlyMap<string, string>,
  output: Output,
): Promise<number> {
  const [kind = '', name = ''] = target.object.split('/');
  const plural = plurals.get(kind.toLowerCase());
  if (plural === undefined || name === '') {
    output.err(
      `${target.object} is not KIND/NAME with one of these kinds: ${[...new Set(plurals.values())].join(', ')}`,
    );
    return exitCodes.failed;
  }
  const path = plural === 'environments' ? plural : `namespaces/${target.namespace}/${plural}`;
  const answer = await fetch(new URL(`${api}/${path}/${name}`, target.server), {
    method: 'PATCH',
    headers: {
      'content-type': 'application/merge-patch+json',
      ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
    },
    body: JSON.stringify({
      metadata: { annotations: { [reconcileAnnotation]: new Date().toISOString() } },
    }),
  }).catch((error: unknown) => error);
  if (!(answer instanceof Response)) {
    output.err(
      `no daemon answers at ${target.server}: start it with fintech-controller run, or name it with --server`,
    );
    return exitCodes.failed;
  }
  if (answer.ok) {
    output.out(`${target.object} is looked at now`);
    return exitCodes.ok;
  }
  output.err(messageOf(await answer.json().catch(() => undefined)) ?? `the daemon answered ${answer.status}`);
  return exitCodes.failed;
}

/** Kubernetes answers errors with a Status that says why. */
function messageOf(status: unknown): string | undefined {
  if (typeof status !== 'object' || status === null || !('message' in status)) return undefined;
  return typeof status.message === 'string' ? status.message : undefined;
}

/** Plural names of kinds, by every name that a person may type: kind, plural, singular, short names. */
export function pluralsOf(schemas: Schemas): ReadonlyMap<string, string> {
  const entries = [...schemas.values()].flatMap(({ kind, plural, singular, shortNames }) =>
    [kind, plural, singular, ...shortNames].map((name) => [name.toLowerCase(), plural] as const),
  );
  return new Map(entries);
}
