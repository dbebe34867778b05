import { describe, expect, test } from 'vitest';
import { environment, lake, problemsOf, setOf } from './samples.ts';

type Mistake = readonly [sentence: string, manifest: string, ...messages: readonly string[]];

describe('a mistake in what every object has', () => {
  const header = 'apiVersion: fintech.global/v1alpha1\nkind: DataLake\n';
  const spec = 'spec: {bucketName: data-bucket, accessLogs: {bucketName: log-bucket}}\n';
  const withMetadata = (metadata: string): string => `${header}${metadata}\n${spec}`;

  const mistakes: readonly Mistake[] = [
    [
      'an unknown kind',
      lake.replace('DataLake', 'Datalake'),
      'lake.yaml:2:7: Datalake/production/lake: kind: unknown kind Datalake; did you mean DataLake?',
    ],
    [
      'a kind that is like none',
      lake.replace('DataLake', 'Pod'),
      'lake.yaml:2:7: Pod/production/lake: kind: unknown kind Pod; known: ApiService, DataLake, Environment, FintechNetwork, LedgerDatabase',
    ],
    [
      'an unknown apiVersion',
      lake.replace('v1alpha1', 'v1alpha2'),
      'lake.yaml:1:13: DataLake/production/lake: apiVersion: unknown apiVersion fintech.global/v1alpha2; did you mean fintech.global/v1alpha1?',
    ],
    [
      'neither apiVersion nor kind',
      'metadata: {name: lake}\n',
      'lake.yaml:1:1: apiVersion: required field is missing',
      'lake.yaml:1:1: kind: required field is missing',
    ],
    [
      'a number as the kind',
      lake.replace('DataLake', '5'),
      'lake.yaml:2:7: kind: unknown kind (the number 5); known: ApiService, DataLake, Environment, FintechNetwork, LedgerDatabase',
    ],
    [
      'no metadata and no spec',
      header,
      'lake.yaml:1:1: metadata: required field is missing',
      'lake.yaml:1:1: spec: required field is missing',
    ],
    [
      'no namespace',
      withMetadata('metadata: {name: lake}'),
      'lake.yaml:3:1: DataLake/lake: metadata.namespace: required field is missing; DataLake is namespaced, and a namespace is the name of an Environment',
    ],
    [
      'a namespace without an Environment',
      withMetadata('metadata: {name: lake, namespace: staging}'),
      'lake.yaml:3:35: DataLake/staging/lake: metadata.namespace: there is no Environment/staging; a namespace needs an Environment of its name',
    ],
    [
      'a namespace for what has none',
      environment.replace('name: production', 'name: other, namespace: production'),
      'lake.yaml:3:25: Environment/production/other: metadata.namespace: Environment is cluster-scoped; remove the namespace',
    ],
    [
      'a name that is not a label',
      withMetadata('metadata: {name: Data_Lake, namespace: production}'),
      'lake.yaml:3:18: DataLake/production/Data_Lake: metadata.name: expected a DNS-1123 label: 1 to 63 lower-case letters, digits and hyphens, first and last a letter or digit, found the text "Data_Lake"',
    ],
    [
      'a name that leaves no room in the names of AWS resources',
      withMetadata('metadata: {name: the-data-lake-of-all-our-payments, namespace: production}'),
      'lake.yaml:3:18: DataLake/production/the-data-lake-of-all-our-payments: metadata.name: must be at most 30 characters long: AWS resources are called production-the-data-lake-of-all-our-payments-...',
    ],
    [
      'an unknown field of metadata',
      withMetadata('metadata: {name: lake, namespace: production, label: {a: b}}'),
      'lake.yaml:3:47: DataLake/production/lake: metadata.label: unknown field; did you mean labels?',
    ],
    [
      'a field of metadata that an API server writes',
      withMetadata('metadata: {name: lake, namespace: production, resourceVersion: "1"}'),
      'lake.yaml:3:47: DataLake/production/lake: metadata.resourceVersion: written by an API server, not in a manifest; remove it',
    ],
    [
      'a label that is not text',
      withMetadata('metadata: {name: lake, namespace: production, labels: {tier: 1}}'),
      'lake.yaml:3:62: DataLake/production/lake: metadata.labels.tier: expected a label value: at most 63 letters, digits, "-", "_" and ".", first and last a letter or digit, found the number 1; put it in quotes: "1"',
    ],
    [
      'an annotation that is not text',
      withMetadata('metadata: {name: lake, namespace: production, annotations: {on: true}}'),
      'lake.yaml:3:65: DataLake/production/lake: metadata.annotations.on: expected text, found the boolean true; put it in quotes: "true"',
    ],
  ];

  test.each(mistakes)('%s', (_, text, ...messages) => {
    expect(problemsOf(setOf({ 'environment.yaml': environment, 'lake.yaml': text }))).toEqual(messages);
  });
});

function problemsOfAnnotation(annotation: string): readonly string[] {
  const metadata = `metadata:\n  name: lake\n  namespace: production\n  annotations:\n    ${annotation}\n`;
  const text = lake.replace('metadata: {name: lake, namespace: production}\n', metadata);
  return problemsOf(setOf({ 'environment.yaml': environment, 'lake.yaml': text })).map((problem) =>
    problem.replace('DataLake/production/lake: metadata.annotations', ''),
  );
}

describe('an annotation of the controller', () => {
  test.each([
    [
      'fintech.global/mode: observe',
      'lake.yaml:7:26: ["fintech.global/mode"]: expected one of Enforce, Observe, Paused, found the text "observe"; did you mean Observe?',
    ],
    [
      'fintech.global/pause-until: "2030-01-31T18:00:00Z"',
      'lake.yaml:7:5: ["fintech.global/pause-until"]: unknown annotation; did you mean fintech.global/paused-until?',
    ],
    [
      'fintech.global/owner: me',
      'lake.yaml:7:5: ["fintech.global/owner"]: unknown annotation; known: fintech.global/mode, fintech.global/paused-until, fintech.global/ignore, fintech.global/approve, fintech.global/apply-immediately',
    ],
    [
      'fintech.global/paused-until: 2030-02-30T00:00:00Z',
      'lake.yaml:7:34: ["fintech.global/paused-until"]: expected a point in time (RFC 3339) like 2030-01-31T18:00:00Z, found the text "2030-02-30T00:00:00Z"',
    ],
    [
      'fintech.global/ignore: bucket',
      'lake.yaml:7:28: ["fintech.global/ignore"]: expected fields as <node>.<field>, separated by commas, found the text "bucket"',
    ],
    [
      'fintech.global/approve: ""',
      'lake.yaml:7:29: ["fintech.global/approve"]: expected the hash of a plan, found the text ""',
    ],
    [
      'fintech.global/apply-immediately: "yes"',
      'lake.yaml:7:39: ["fintech.global/apply-immediately"]: expected one of true, false, found the text "yes"',
    ],
  ])('%s is refused', (annotation, message) => {
    expect(problemsOfAnnotation(annotation)).toEqual([message]);
  });

  test.each([
    'fintech.global/mode: Observe',
    'fintech.global/paused-until: 2030-01-31T18:00:00+01:00',
    'fintech.global/ignore: bucket.tags, key.policy.Statement',
    'fintech.global/approve: sha256:0123abcd',
    'fintech.global/apply-immediately: "true"',
    'somebody.else/mode: observe',
  ])('%s is accepted', (annotation) => {
    expect(problemsOfAnnotation(annotation)).toEqual([]);
  });
});
