/** Where an object's record is, under the root of a store: `<Kind>/<namespace>/<name>.json`, `_` for no namespace. */
export function pathOf(key: string): string {
  const [kind, ...rest] = key.split('/');
  const [namespace, name] = rest.length === 2 ? rest : ['_', ...rest];
  if (kind === undefined || namespace === undefined || name === undefined || rest.length > 2)
    throw new TypeError(`"${key}" is not the key of an object`);
  return `${segment(kind)}/${segment(namespace)}/${segment(name)}.json`;
}

/** Whatever an object is called, its record stays inside the store. */
function segment(name: string): string {
  return encodeURIComponent(name).replace(/^\./, '%2E');
}
