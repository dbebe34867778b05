import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { readingOf } from '../../product.ts';

/** The lake of the contract, and what is in it. */
export const lakeKey = 'DataLake/production/lake';
export const dataBucket = 'fintech-data-lake-123456789012';
export const logBucket = 'fintech-s3-logs-123456789012';
export const replicaBucket = 'fintech-data-lake-replica-123456789012';
export const keyAlias = 'alias/production-lake-key';
export const roleName = 'production-lake-replication';

export const contract = {
  environment: await contractManifest('production-environment.yaml'),
  lake: await contractManifest('production-lake.yaml'),
};

/** Fields of a spec that take the place of those of the contract; undefined leaves one out. */
export type Changes = {
  readonly lake?: JsonObject;
  readonly environment?: JsonObject;
  readonly annotations?: Readonly<Record<string, string>>;
};

/** The manifests of the contract, changed. */
export function production({ lake = {}, environment = {}, annotations = {} }: Changes = {}): ManifestSet {
  return readingOf(changed(contract.environment, environment, {}), changed(contract.lake, lake, annotations));
}

/** The contract without its lake: somebody has removed the manifest. */
export function withoutLake(environment: JsonObject = {}): ManifestSet {
  return readingOf(changed(contract.environment, environment, {}));
}

/** A part of a spec of the contract, to change one field of it. */
export function partOf(spec: string): JsonObject {
  const part = isJsonObject(contract.lake['spec']) ? contract.lake['spec'][spec] : undefined;
  return isJsonObject(part) ? part : {};
}

function changed(manifest: JsonObject, changes: JsonObject, annotations: JsonObject): JsonObject {
  const { spec, metadata } = manifest;
  if (!isJsonObject(spec) || !isJsonObject(metadata)) throw new Error('a manifest has a spec and metadata');
  return { ...manifest, metadata: { ...metadata, annotations }, spec: { ...spec, ...changes } };
}

async function contractManifest(file: string): Promise<JsonObject> {
  const path = new URL(`../../controller/manifests/contract/${file}`, import.meta.url);
  const manifest: unknown = parse(await readFile(path, 'utf8'));
  if (!isJsonObject(manifest)) throw new Error(`${file} holds no manifest`);
  return manifest;
}
