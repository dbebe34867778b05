import { isJsonObject, type JsonObject } from './json.ts';
import { suggestOrComplete } from './suggest.ts';

/** What a value is, as a person would say it: `the text "yes"`, `the number 5`, `a list`. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the boolean ${value}`;
  return Array.isArray(value) ? 'a list' : 'a mapping';
}

/** What a schema asks for: its title if it has one, otherwise its type and limits. */
export function expected(schema: unknown): string {
  if (!isJsonObject(schema)) return 'another value';
  if (Array.isArray(schema['enum'])) return `one of ${schema['enum'].map(String).join(', ')}`;
  if (typeof schema['title'] === 'string') return schema['title'];
  return expectedType(schema);
}

/** The type that a schema asks for, with its limits but without the title. */
export function expectedType(schema: JsonObject): string {
  switch (schema['type']) {
    case 'string':
      return `text${limits(schema['minLength'], schema['maxLength'], 'character')}${form(schema['pattern'])}`;
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'a boolean, true or false';
    case 'array':
      return `a list${limits(schema['minItems'], schema['maxItems'], 'item')}`;
    case 'object':
      return `a mapping${limits(schema['minProperties'], schema['maxProperties'], 'key')}`;
    default:
      return 'another value';
  }
}

/** How a value of the wrong type would be written right, if that can be told; `written` is how it stands there. */
export function rewriting(schema: JsonObject, value: unknown, written: string | undefined): string {
  const { type } = schema;
  if (value === null) return '; give it a value or remove the field';
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const text = written ?? String(value);
    return permitsText(schema, text) ? `; put it in quotes: "${text}"` : '';
  }
  if (type === 'boolean' && typeof value === 'string') {
    const boolean = booleanWords.get(value.toLowerCase());
    return boolean === undefined ? '' : `; write ${boolean}, without quotes`;
  }
  if ((type === 'integer' || type === 'number') && typeof value === 'string' && /^-?\d+$/.test(value)) {
    return '; remove the quotes';
  }
  if (type === 'array' && typeof value === 'string') return `; write it as a list: [${value}]`;
  return '';
}

/** The permitted text that was probably meant. */
export function nearestOf(permitted: unknown, value: unknown): string | undefined {
  if (typeof value !== 'string' || !Array.isArray(permitted)) return undefined;
  return suggestOrComplete(value, permitted.map(String));
}

const booleanWords = new Map([
  ...['true', 'yes', 'on', 'y'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'off', 'n'].map((word) => [word, 'false'] as const),
]);

function permitsText(schema: JsonObject, text: string): boolean {
  const { pattern, enum: permitted } = schema;
  if (Array.isArray(permitted)) return permitted.includes(text);
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
}

const longestQuote = 80;

function quoted(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}

function range(schema: JsonObject): string {
  const { minimum, maximum } = schema;
  if (typeof minimum === 'number' && typeof maximum === 'number') return ` from ${minimum} to ${maximum}`;
  if (typeof minimum === 'number') return ` of at least ${minimum}`;
  return typeof maximum === 'number' ? ` of at most ${maximum}` : '';
}

function limits(minimum: unknown, maximum: unknown, unit: string): string {
  if (typeof minimum === 'number' && typeof maximum === 'number') {
    return ` of ${minimum} to ${counted(maximum, unit)}`;
  }
  if (typeof minimum === 'number') return ` of at least ${counted(minimum, unit)}`;
  return typeof maximum === 'number' ? ` of at most ${counted(maximum, unit)}` : '';
}

function form(pattern: unknown): string {
  return typeof pattern === 'string' ? ` that matches ${pattern}` : '';
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
