import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Path } from './problem.ts';

/** Where something stands in a file. Lines and columns count from 1. */
export type Position = { readonly line: number; readonly column: number };

export type Located = {
  /** Where the key stands, or the value itself for an item of a list. */
  readonly key: Position;
  readonly value: Position;
  /** The value as it was written, if it is a scalar. */
  readonly written: string | undefined;
};

type Step = { readonly key: unknown; readonly value: unknown };

/** Finds a path in a document; of a path that does not exist, its nearest ancestor that does. */
export function locate(document: Document, lines: LineCounter, path: Path): Located {
  let current: Step = { key: document.contents, value: document.contents };
  for (const step of path) {
    const next = descend(document, current.value, step);
    if (next === undefined) break;
    current = next;
  }
  const value = positionOf(lines, current.value) ?? positionOf(lines, current.key) ?? { line: 1, column: 1 };
  const resolved = resolve(document, current.value);
  return {
    key: positionOf(lines, current.key) ?? value,
    value,
    written: isScalar(resolved) ? resolved.source : undefined,
  };
}

export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function descend(document: Document, parent: unknown, step: string | number): Step | undefined {
  const node = resolve(document, parent);
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
    return pair === undefined ? undefined : { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step];
    return item === undefined ? undefined : { key: item, value: item };
  }
  return undefined;
}

function resolve(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}

function positionOf(lines: LineCounter, node: unknown): Position | undefined {
  return isNode(node) && node.range ? positionAt(lines, node.range[0]) : undefined;
}
