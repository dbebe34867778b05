import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node } from 'yaml';

/** A part of a document that is YAML, but not the plain JSON that a manifest is made of. */
export class NotPlainError extends Error {
  readonly node: Node | undefined;

  constructor(message: string, node: Node | undefined) {
    super(message);
    this.name = 'NotPlainError';
    this.node = node;
  }
}

const maximumDepth = 64;
const maximumValues = 100_000;
const maximumAliases = 100;
const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * The document as plain JSON, nothing of it shared. Aliases are counted where they are used, so that a small file
 * cannot unfold into a large value, and an alias inside its own anchor ends.
 */
export function toPlain(document: Document): unknown {
  return new Unfolding(document).plain(document.contents, 0);
}

class Unfolding {
  readonly #document: Document;
  #values = 0;
  #aliases = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  plain(node: unknown, depth: number): unknown {
    if (!isNode(node)) return null;
    this.#values += 1;
    if (this.#values > maximumValues)
      throw new NotPlainError(`more than ${maximumValues} values in one document`, node);
    if (depth > maximumDepth) throw new NotPlainError(`nested more than ${maximumDepth} levels deep`, node);
    if (isAlias(node)) return this.#alias(node, depth);
    if (node.tag !== undefined && !coreTags.has(node.tag)) {
      throw new NotPlainError(
        `the YAML tag ${node.tag} is not supported; a manifest holds plain values only`,
        node,
      );
    }
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq(node)) return node.items.map((item) => this.plain(item, depth + 1));
    return this.#map(node, depth);
  }

  #alias(node: Node, depth: number): unknown {
    this.#aliases += 1;
    if (this.#aliases > maximumAliases) {
      throw new NotPlainError(
        `more than ${maximumAliases} uses of YAML aliases in one document; write the values out`,
        node,
      );
    }
    const target = isAlias(node) ? node.resolve(this.#document) : undefined;
    if (target === undefined)
      throw new NotPlainError('a YAML alias without an anchor of its name before it', node);
    return this.plain(target, depth + 1);
  }

  #scalar(node: Node): unknown {
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new NotPlainError('a number that is not finite', node);
    }
    return value === undefined ? null : value;
  }

  #map(node: Node, depth: number): unknown {
    // fromEntries defines a key named __proto__ as a property instead of setting the prototype.
    const seen = new Set<string>();
    const entries: [string, unknown][] = [];
    for (const { key, value } of isMap(node) ? node.items : []) {
      const name = isScalar(key) ? key.value : undefined;
      const keyNode = isNode(key) ? key : node;
      if (typeof name !== 'string') throw new NotPlainError('a key that is not text', keyNode);
      if (name === '<<')
        throw new NotPlainError('merge keys (<<) are not supported; write the fields out', keyNode);
      if (seen.has(name)) throw new NotPlainError(`the key ${name} is given twice`, keyNode);
      seen.add(name);
      entries.push([name, this.plain(value, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }
}
