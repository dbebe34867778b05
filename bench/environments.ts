import { fileURLToPath } from 'node:url';
import type { ManifestSet } from '../controller/manifests/manifest.ts';
import { readManifests } from '../controller/manifests/read.ts';
import { rules } from '../test/product.ts';

/** Of manifests/, each with an environment. */
export const folders = ['production', 'cloud-dev', 'cloud-staging', 'cloud-prod'] as const;

export function manifestsIn(folder: string): Promise<ManifestSet> {
  return readManifests(fileURLToPath(new URL(`../manifests/${folder}`, import.meta.url)), rules);
}

/** It is measured at any hour. */
export function alwaysOpen(set: ManifestSet): ManifestSet {
  const objects = [...set.objects].map(([key, object]) => {
    const { officeHours: _, ...spec } = object.spec;
    return [key, { ...object, spec }] as const;
  });
  return { ...set, objects: new Map(objects) };
}

/** The one object of a kind. */
export function keyOf({ objects }: ManifestSet, wanted: string): string {
  const [key] = [...objects].find(([, { kind }]) => kind === wanted) ?? [];
  if (key === undefined) throw new Error(`there is no ${wanted}`);
  return key;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
