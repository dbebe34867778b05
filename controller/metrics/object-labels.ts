/** The labels that say which object a series is about. */
export const objectLabels = ['kind', 'namespace', 'name'] as const;

export type ObjectLabels = { readonly kind: string; readonly namespace: string; readonly name: string };

/** From the key of an object; what has no namespace has an empty label. */
export function labelsOf(key: string): ObjectLabels {
  const [kind = '', ...rest] = key.split('/');
  const [namespace = '', name = ''] = rest.length === 1 ? ['', ...rest] : rest;
  return { kind, namespace, name };
}
