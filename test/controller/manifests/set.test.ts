import { describe, expect, it } from 'vitest';
import type { KindRules } from '../../../controller/manifests/semantics.ts';
import { environment, environmentNamed, keysOf, lake, lakeNamed, problemsOf, setOf } from './samples.ts';

describe('objects among each other', () => {
  it('of the same key are refused, naming the other place, and neither is used', () => {
    const set = setOf({ 'a.yaml': environment, 'b.yaml': lake, 'c.yaml': `# again\n${lake}` });
    expect(problemsOf(set)).toEqual(['c.yaml:2:1: DataLake/production/lake: already defined in b.yaml:1']);
    expect(keysOf(set)).toEqual(['Environment/production']);
    expect(set.invalid).toEqual(new Set(['DataLake/production/lake']));
  });

  it('of one name in two namespaces are two objects', () => {
    const staging = lake.replace('namespace: production', 'namespace: staging');
    const set = setOf({ 'a.yaml': [environment, environmentNamed('staging'), lake, staging].join('---\n') });
    expect(problemsOf(set)).toEqual([]);
    expect(keysOf(set)).toEqual([
      'DataLake/production/lake',
      'DataLake/staging/lake',
      'Environment/production',
      'Environment/staging',
    ]);
  });

  it('do not get a second problem from the mistakes of their Environment', () => {
    const invalid = setOf({ 'a.yaml': environment.replace('us-east-1', 'moon'), 'b.yaml': lake });
    expect(problemsOf(invalid)).toHaveLength(1);
    const broken = setOf({ 'a.yaml': `${environment}\n\t`, 'b.yaml': 'a: [', 'c.yaml': lake });
    expect(problemsOf(broken).filter((problem) => problem.startsWith('c.yaml'))).toEqual([]);
  });
});

describe('an object', () => {
  it('is plain JSON with its defaults, frozen, and knows its place', () => {
    const set = setOf({ 'a.yaml': environment, 'b/c.yaml': `# why\n${lake}` });
    const object = set.objects.get('DataLake/production/lake');
    expect(object).toEqual({
      apiVersion: 'fintech.global/v1alpha1',
      kind: 'DataLake',
      metadata: { name: 'lake', namespace: 'production', labels: {}, annotations: {} },
      spec: {
        bucketName: 'data-bucket',
        prefixes: [],
        encryption: { keyRotation: true, rotationPeriodDays: 365, deletionWindowDays: 30 },
        versioning: true,
        noncurrentVersionExpirationDays: 90,
        abortIncompleteMultipartUploadDays: 7,
        intelligentTiering: true,
        lifecycle: [],
        accessLogs: { bucketName: 'log-bucket', prefix: 'access-logs/', retentionDays: 2555 },
        emptyOnDeletion: false,
      },
      source: { file: 'b/c.yaml', line: 2 },
    });
    expect(Object.isFrozen(object?.spec['encryption'])).toBe(true);
  });

  it('shares nothing with another that has the same defaults', () => {
    const set = setOf({ 'a.yaml': environment, 'b.yaml': lakeNamed('one'), 'c.yaml': lakeNamed('two') });
    const [one, two] = [
      set.objects.get('DataLake/production/one'),
      set.objects.get('DataLake/production/two'),
    ];
    expect(one?.spec['encryption']).toEqual(two?.spec['encryption']);
    expect(one?.spec['encryption']).not.toBe(two?.spec['encryption']);
  });
});

describe('the rules of a kind', () => {
  const ownBuckets: KindRules = {
    kind: 'DataLake',
    check: ({ bucketName }, others) =>
      others.allOf('DataLake').some((other) => other.spec['bucketName'] === bucketName)
        ? [{ path: ['bucketName'], message: 'the bucket of another DataLake' }]
        : [],
  };

  it('put their problems where the value stands', () => {
    const set = setOf({ 'a.yaml': environment, 'b.yaml': lakeNamed('one'), 'c.yaml': lakeNamed('two') }, [
      ownBuckets,
    ]);
    expect(problemsOf(set)).toEqual([
      'b.yaml:5:15: DataLake/production/one: spec.bucketName: the bucket of another DataLake',
      'c.yaml:5:15: DataLake/production/two: spec.bucketName: the bucket of another DataLake',
    ]);
    expect(keysOf(set)).toEqual(['Environment/production']);
  });

  it('can point at a key, or at the nearest place of a field that is not there', () => {
    const rules: KindRules = {
      kind: 'DataLake',
      check: () => [
        { path: ['accessLogs', 'bucketName'], message: 'key', at: 'key' },
        { path: ['accessLogs', 'retentionDays'], message: 'defaulted' },
      ],
    };
    expect(problemsOf(setOf({ 'a.yaml': environment, 'b.yaml': lake }, [rules]))).toEqual([
      'b.yaml:6:15: DataLake/production/lake: spec.accessLogs.retentionDays: defaulted',
      'b.yaml:6:16: DataLake/production/lake: spec.accessLogs.bucketName: key',
    ]);
  });

  it('are not asked about a spec that does not fit the schema, and see others of their namespace', () => {
    const seen: unknown[] = [];
    const rules: KindRules = {
      kind: 'DataLake',
      check: ({ bucketName }, others) => {
        seen.push({
          bucketName,
          self: [others.self.metadata.name, others.self.metadata.namespace],
          environment: others.environment?.metadata.name,
          other: others.find('DataLake', 'lake')?.metadata.name,
          invalid: [others.find('DataLake', 'bad'), others.isDefined('DataLake', 'bad')],
          absent: others.isDefined('DataLake', 'absent'),
        });
        return [];
      },
    };
    const bad = lakeNamed('bad', '  versioning: 5\n');
    setOf({ 'a.yaml': environment, 'b.yaml': lake, 'c.yaml': bad }, [rules]);
    expect(seen).toEqual([
      {
        bucketName: 'data-bucket',
        self: ['lake', 'production'],
        environment: 'production',
        other: 'lake',
        invalid: [undefined, true],
        absent: false,
      },
    ]);
  });
});
