export type Resources = Readonly<Record<string, unknown>>;

/** By type and name. */
export type DataState = Readonly<Record<string, Resources>>;

export async function withMore<Item extends object, More extends object>(
  items: readonly Item[] | undefined,
  more: (item: Item) => Promise<More>,
): Promise<readonly (Item & More)[]> {
  return Promise.all((items ?? []).map(async (item) => ({ ...item, ...(await more(item)) })));
}

export function without<Item extends object, Key extends keyof Item>(
  item: Item,
  ...keys: readonly Key[]
): Omit<Item, Key> {
  const rest = { ...item };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}

/** AWS has groups of its own, which nobody changes. */
export function ours<Item extends object>(groups: readonly Item[] | undefined): readonly Item[] {
  return (groups ?? []).filter((group) => !/"default[."]/.test(JSON.stringify(group)));
}

/** What has the name of another, or differs from it in its time only, is shown beside it with a number. */
export function byName<Item extends object>(
  items: readonly Item[] | undefined,
  nameOf: (item: Item) => string | undefined,
): Resources {
  const alike = Map.groupBy(items ?? [], (item) => nameOf(item) ?? '');
  const named = [...alike].flatMap(([name, same]) =>
    same.map((item, index) => [index === 0 ? name : `${name} #${index + 1}`, item] as const),
  );
  return Object.fromEntries(named);
}

export function valuesOf(
  parameters:
    | readonly { readonly ParameterName?: string | undefined; readonly ParameterValue?: string | undefined }[]
    | undefined,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    (parameters ?? []).map(({ ParameterName = '', ParameterValue }) => [ParameterName, ParameterValue]),
  );
}

/** Names of final snapshots hold the time. */
export function untimed(text = ''): string {
  return text.replaceAll(/(-final-)\d{14,17}/g, '$1<time>');
}
