/**
 * References between nodes: values that are known only once a resource exists.
 * They are data, not promises, so that a whole plan can be made before anything is created.
 */
import { isFields, type Fields } from './resource-type.ts';

/** An output of another node of the same graph, or a status field of another object. */
export class Ref<T> {
  declare private readonly type: T;
  readonly source: RefSource;
  readonly output: string;

  constructor(source: RefSource, output: string) {
    this.source = source;
    this.output = output;
  }

  /** A reference has no value yet: in a plain template literal it would silently become text. */
  toString(): string {
    throw new TypeError(
      `${describeRef(this)} is not known yet: join it with text\`...\` instead of a plain template`,
    );
  }

  toJSON(): string {
    return `\${${describeRef(this)}}`;
  }
}

/** Text with references inside; made by {@link text}. */
export class Text {
  readonly strings: readonly string[];
  readonly values: readonly (string | Ref<string>)[];

  constructor(strings: readonly string[], values: readonly (string | Ref<string>)[]) {
    this.strings = strings;
    this.values = values;
  }

  toString(): string {
    throw new TypeError('this text holds references: pass it on as it is, or join it with text`...`');
  }

  toJSON(): string {
    return joined(this, (ref) => ref.toJSON());
  }
}

export type RefSource =
  | { readonly kind: 'node'; readonly node: string; readonly type: string }
  | { readonly kind: 'object'; readonly object: string };

/** A value, or what will become one: accepted wherever a resource type or a status wants a `T`. */
export type Input<T> =
  | T
  | Ref<T>
  | (string extends T ? Text : never)
  | (T extends readonly (infer Item)[]
      ? readonly Input<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Input<T[Key]> }
        : never);

/** An object whose fields may be references. */
export type Inputs<T> = { readonly [Key in keyof T]: Input<T[Key]> };

/** Joins strings and references: text`${bucket.ref('arn')}/*`. */
export function text(strings: TemplateStringsArray, ...values: (string | number | Ref<string>)[]): Text {
  return new Text(
    strings,
    values.map((value) => (typeof value === 'number' ? String(value) : value)),
  );
}

/** What takes the place of a reference that is not known yet, in plans and comparisons. */
export class Unknown {
  readonly description: string;

  constructor(description: string) {
    this.description = description;
  }

  toString(): string {
    return `(known after ${this.description})`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Stands for what another object has not told yet. */
export class UnknownOfObject extends Unknown {}

/** Stands for a value that is there now and that a replacement takes away. */
export class Replaced extends Unknown {}

export type Lookup = (ref: Ref<unknown>) => unknown;

/**
 * Puts values in the place of references; those that `lookup` answers with undefined become {@link Unknown}.
 * Parts without references are passed on, not copied: most of a graph has none, and it is resolved in every pass.
 */
export function resolve(input: unknown, lookup: Lookup): unknown {
  if (typeof input !== 'object' || input === null) return input;
  if (input instanceof Ref) return lookup(input) ?? unknown(input);
  if (input instanceof Text) return resolveText(input, lookup);
  if (Array.isArray(input)) {
    const items: readonly unknown[] = input.map((item: unknown) => resolve(item, lookup));
    return items.every((item, index) => item === input[index]) ? input : items;
  }
  return isFields(input) ? resolveFields(input, lookup) : input;
}

export function resolveFields(input: Fields, lookup: Lookup): Fields {
  let resolved: Fields | undefined;
  for (const [key, value] of Object.entries(input)) {
    const known = resolve(value, lookup);
    if (known !== value) (resolved ??= { ...input })[key] = known;
  }
  return resolved ?? input;
}

/** Every reference inside an input, in the order of appearance. */
export function refsIn(input: unknown, found: Ref<unknown>[] = []): readonly Ref<unknown>[] {
  if (typeof input !== 'object' || input === null) return found;
  if (input instanceof Ref) found.push(input);
  else if (input instanceof Text) found.push(...input.values.filter((value) => value instanceof Ref));
  else for (const value of Object.values(input)) refsIn(value, found);
  return found;
}

/** Whether anything in a resolved value is still unknown, or unknown in one way. */
export function hasUnknown(value: unknown, sort = Unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof sort) return true;
  for (const item of Object.values(value)) if (hasUnknown(item, sort)) return true;
  return false;
}

function unknown(ref: Ref<unknown>): Unknown {
  return new (ref.source.kind === 'object' ? UnknownOfObject : Unknown)(describeRef(ref));
}

export function describeRef(ref: Ref<unknown>): string {
  const { source, output } = ref;
  return source.kind === 'node' ? `${source.type} ${source.node}.${output}` : `${source.object}.${output}`;
}

function resolveText(value: Text, lookup: Lookup): string | Unknown {
  for (const part of value.values) {
    const known = resolve(part, lookup);
    if (known instanceof Unknown) return known;
  }
  return joined(value, (ref) => String(lookup(ref)));
}

function joined(value: Text, show: (ref: Ref<string>) => string): string {
  return value.strings.reduce((done, part, index) => {
    const before = value.values[index - 1];
    return done + (before instanceof Ref ? show(before) : (before ?? '')) + part;
  }, '');
}
