export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The properties that a JSON Schema names. */
export function propertiesOf(schema: unknown): JsonObject {
  return isJsonObject(schema) && isJsonObject(schema['properties']) ? schema['properties'] : {};
}

/** Freezes plain JSON all the way down and returns it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}

/** The entries of a JSON object whose values are text; empty for anything else. */
export function textEntries(value: unknown): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const [key, item] of Object.entries(isJsonObject(value) ? value : {})) {
    if (typeof item === 'string') entries.push([key, item]);
  }
  return Object.fromEntries(entries);
}
