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
  const { spec } = manifest;
  if (!isJsonObject(spec)) throw new Error('a manifest has a spec');
  return { ...manifest, spec: { ...spec, ...changes } };
}

export function withAnnotations(manifest: JsonObject, annotations: JsonObject): JsonObject {
  const { metadata } = manifest;
  if (!isJsonObject(metadata)) throw new Error('a manifest has metadata');
  return { ...manifest, metadata: { ...metadata, annotations } };
}
