import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../controller/manifests/json.ts';

/** A manifest that the product must accept, by the name of its file. */
export async function contractManifest(file: string): Promise<JsonObject> {
  const path = new URL(`../controller/manifests/contract/${file}`, import.meta.url);
  const manifest: unknown = parse(await readFile(path, 'utf8'));
  if (!isJsonObject(manifest)) throw new Error(`${file} holds no manifest`);
  return manifest;
}

/** With fields of the spec that take the place of those there. */
export function withSpec(manifest: JsonObject, changes: JsonObject): JsonObject {
  return { ...manifest, spec: { ...partOf(manifest, 'spec'), ...changes } };
}

export function withAnnotations(manifest: JsonObject, annotations: JsonObject): JsonObject {
  return { ...manifest, metadata: { ...partOf(manifest, 'metadata'), annotations } };
}

/** The fields that are within another. */
export function partOf(whole: JsonObject, name: string): JsonObject {
  const part = whole[name];
  if (!isJsonObject(part)) throw new Error(`${name} holds no fields`);
  return part;
}

export function listIn(whole: JsonObject, name: string): readonly JsonObject[] {
  const list = whole[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
