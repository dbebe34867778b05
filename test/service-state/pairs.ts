/** Tags, attributes and settings, which services of AWS write differently. */
type Pair = Readonly<Partial<Record<'Key' | 'key' | 'name' | 'Value' | 'value', string | undefined>>>;

export function pairsIn(pairs: readonly Pair[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (pairs ?? []).map(({ Key, key, name, Value, value }) => [Key ?? key ?? name ?? '', Value ?? value ?? '']),
  );
}
