/** Load balancers and target groups have most of their settings as attributes, which are texts by key. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

type SdkAttribute = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** Undefined is what AWS does not tell. */
export type ReadAttributes = {
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  number(key: string): number | undefined;
};

export function readAttributes(found: readonly SdkAttribute[] = []): ReadAttributes {
  const values = new Map(found.map(({ Key, Value }) => [Key, Value]));
  const map =
    <Value>(read: (text: string) => Value) =>
    (key: string): Value | undefined => {
      const value = values.get(key);
      return value === undefined ? undefined : read(value);
    };
  return { text: map((text) => text), flag: map((text) => text === 'true'), number: map(Number) };
}

export function toAttributes(attributes: Attributes): { Key: string; Value: string }[] {
  return Object.entries(attributes).map(([Key, value]) => ({ Key, Value: String(value) }));
}
