import { LineCounter, parseAllDocuments, type Document, type YAMLError } from 'yaml';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Problem } from './manifest.ts';
import { NotPlainError, toPlain } from './plain.ts';
import { locate, positionAt, type Located } from './position.ts';
import type { Path } from './problem.ts';

/** One document of a file: plain JSON, and where each part of it stands. */
export type ManifestDocument = {
  readonly file: string;
  readonly value: JsonObject;
  readonly locate: (path: Path) => Located;
};

export type ParsedFile = {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
};

/** Larger files are refused without being parsed. */
export const maximumFileBytes = 1024 * 1024;

/**
 * Reads YAML 1.2. A file with a mistake gives its problems and no documents, because a mistake may move the
 * boundaries between documents. Never throws, whatever the bytes.
 */
export function parseFile(file: string, bytes: Uint8Array): ParsedFile {
  if (bytes.byteLength > maximumFileBytes) return refused(file, tooLarge(bytes.byteLength));
  const text = decode(bytes);
  if (text === undefined) return refused(file, 'not valid UTF-8; save the file as UTF-8');
  // A save that was cut off leaves an empty file; it must not pass for the wish to delete what the file held.
  if (text.trim() === '') return refused(file, 'the file is empty; remove the file if its objects are to go');
  const lines = new LineCounter();
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  for (const document of parseYaml(text, lines)) {
    const read = readDocument(file, document, lines);
    if (read === undefined) continue;
    if ('message' in read) problems.push(read);
    else documents.push(read);
  }
  return problems.length === 0 ? { documents, problems } : { documents: [], problems };
}

export function tooLarge(bytes: number): string {
  return `the file has ${bytes} bytes; a manifest file may have at most ${maximumFileBytes}`;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function parseYaml(text: string, lines: LineCounter): readonly Document[] {
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
    // Compared quadratically there; toPlain finds them in one go.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return [...documents];
}

function readDocument(
  file: string,
  document: Document,
  lines: LineCounter,
): ManifestDocument | Problem | undefined {
  // Only the first mistake: the others are usually its consequences.
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    return { file, ...positionAt(lines, mistake.pos[0]), message: `YAML: ${wordsFor(mistake)}` };
  }
  const start = locate(document, lines, []).value;
  if (document.directives?.yaml.version !== '1.2') {
    return { file, ...start, message: 'only YAML 1.2 is supported; remove the %YAML directive' };
  }
  const value = plain(document);
  if (value instanceof NotPlainError) {
    const offset = value.node?.range?.[0];
    const position = offset === undefined ? start : positionAt(lines, offset);
    return { file, ...position, message: `YAML: ${value.message}` };
  }
  if (value === null) return undefined;
  if (!isJsonObject(value)) {
    return {
      file,
      ...start,
      message: 'a manifest must be a mapping with apiVersion, kind, metadata and spec',
    };
  }
  return { file, value, locate: (path) => locate(document, lines, path) };
}

function plain(document: Document): unknown {
  try {
    return toPlain(document);
  } catch (error) {
    if (error instanceof NotPlainError) return error;
    throw error;
  }
}

function refused(file: string, message: string): ParsedFile {
  return { documents: [], problems: [{ file, line: 1, column: 1, message }] };
}

/** The library's words are fit for a user but for these two. */
function wordsFor({ code, message }: YAMLError): string {
  if (code === 'NON_STRING_KEY') return 'a key that is not text';
  if (code === 'RESOURCE_EXHAUSTION') return 'nested too deeply';
  return message.charAt(0).toLowerCase() + message.slice(1);
}
