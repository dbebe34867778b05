/** Policies and dashboards come as texts, in which a difference of spaces is none. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const found: unknown = JSON.parse(text);
  return found;
}
