import { assemble, type Rules } from '../../../controller/manifests/assemble.ts';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';
import { loadSchemas } from '../../../controller/manifests/schema.ts';
import type { KindRules } from '../../../controller/manifests/semantics.ts';

const schemas = await loadSchemas(new URL('../../../crds', import.meta.url).pathname);

/** Our own kinds, without rules beyond their schemas. */
export const rules: Rules = { schemas, kinds: [] };

/** Seven lines, so that what is appended for the spec begins in line 8. */
export const environment = `apiVersion: fintech.global/v1alpha1
kind: Environment
metadata: {name: production}
spec:
  aws: {accountId: "123456789012", region: us-east-1}
  tags: {Environment: Production, Project: FinTechGlobal, CostCenter: CC-12345, Owner: platform, DataClassification: Internal}
  reconcile: {interval: 5m}
`;

/** Six lines, so that what is appended for the spec begins in line 7. */
export const lake = `apiVersion: fintech.global/v1alpha1
kind: DataLake
metadata: {name: lake, namespace: production}
spec:
  bucketName: data-bucket
  accessLogs: {bucketName: log-bucket}
`;

export function lakeNamed(name: string, spec = ''): string {
  return lake.replace('name: lake', `name: ${name}`) + spec;
}

export function environmentNamed(name: string): string {
  return environment.replace('name: production', `name: ${name}`);
}

/** The set that the files make together. */
export function setOf(
  files: Readonly<Record<string, string>>,
  kinds: readonly KindRules[] = [],
): ManifestReading {
  const contents = Object.entries(files).map(([file, text]) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  return assemble(contents, { schemas, kinds });
}

export function problemsOf(set: ManifestReading): readonly string[] {
  return set.problems.map((problem) => formatProblem(problem));
}

export function keysOf(set: ManifestReading): readonly string[] {
  return [...set.objects.keys()].sort();
}
