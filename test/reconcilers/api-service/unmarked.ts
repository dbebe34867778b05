import { isJsonObject } from '../../../controller/manifests/json.ts';

const retainedTag = 'fintech.global/retained';

/** Without the mark of what is retained, and with how many have it. */
export function unmarked(state: unknown): { readonly state: unknown; readonly marked: number } {
  let marked = 0;
  const without: unknown = JSON.parse(JSON.stringify(state), (key, value: unknown) => {
    if (key === retainedTag) marked += 1;
    if (!Array.isArray(value)) return key === retainedTag ? undefined : value;
    const others = value.filter((item) => !isJsonObject(item) || item['Key'] !== retainedTag);
    marked += value.length - others.length;
    return others;
  });
  return { state: without, marked };
}

/** `secrets fintech/api-keys`, of each resource that is marked. */
export function markedIn(
  state: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  return Object.entries(state)
    .flatMap(([type, resources]) =>
      Object.entries(resources).flatMap(([name, resource]) =>
        JSON.stringify(resource).includes(retainedTag) ? [`${type} ${name}`] : [],
      ),
    )
    .toSorted();
}
