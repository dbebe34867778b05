import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../controller/engine/graph.ts';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ManifestSet } from '../../../controller/manifests/manifest.ts';
import { readManifests } from '../../../controller/manifests/read.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import {
  parsePolicy,
  type PolicyDocument,
  type PolicyStatement,
} from '../../../reconcilers/aws/policy-document.ts';
import { kinds } from '../../../reconcilers/index.ts';
import { rules } from '../../product.ts';
import { service } from './service.ts';
import { withPart } from './wanted.ts';

/**
 * Actions of which AWS lists no resource that they could be limited to:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
 */
const withoutResources = [
  'ecr:GetAuthorizationToken',
  'xray:GetSamplingRules',
  'xray:GetSamplingStatisticSummaries',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

const manifests = fileURLToPath(new URL('../../../manifests', import.meta.url));
const key = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555';
const theirs = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:theirs/token-AbCdEf';

const variants: Readonly<Record<string, JsonObject>> = {
  'the contract': {},
  'a worker': { ingress: undefined },
  'one without tracing': { tracing: false, sidecars: [] },
  'one with a shell': { executeCommand: true },
  'one without a database': { databaseRef: undefined },
  'one with an image of somebody else': { image: { uri: 'public.ecr.aws/nginx/nginx:1.27' } },
  'one with a secret of somebody else': withPart('container', {
    secrets: { TOKEN: { secretName: theirs, kmsKeyArn: key } },
  }),
  'one that says no more than it must': {
    permissions: [],
    secrets: [],
    tracing: false,
    ...withPart('container', { secrets: {} }),
  },
};

const sets: readonly (readonly [string, ManifestSet])[] = [
  ...Object.entries(variants).map(([name, spec]) => [name, service({ spec })] as const),
  ...(await Promise.all(
    readdirSync(manifests).map(
      async (name) => [`manifests/${name}`, await readManifests(`${manifests}/${name}`, rules)] as const,
    ),
  )),
];

type Derived = {
  readonly role: string;
  readonly trust: PolicyDocument;
  readonly statements: readonly PolicyStatement[];
};

/** Of the service of a checkout; references to what is made are text, as `${ecr/repository repository.arn}`. */
function rolesOf(set: ManifestSet): readonly Derived[] {
  const kind = kinds.find(({ kind: name }) => name === 'ApiService');
  const object = [...set.objects.values()].find(({ kind: name }) => name === kind?.kind);
  if (kind === undefined || object === undefined) throw new Error('there is no ApiService');
  const { namespace = '', name } = object.metadata;
  const place = { account: '123456789012', region: 'us-east-1', tags: {} };
  const circumstances = { isAsleep: false, applyImmediately: false };
  const graph = new Graph<Aws>({ kind: 'ApiService', namespace, name }, place, kind.types, circumstances);
  kind.build(object.spec, graph);
  return graph.nodes
    .filter(({ type }) => type.name === 'iam/role')
    .map(({ id, inputs }) => {
      const policies = Object.values(Object(inputs['inlinePolicies']));
      return {
        role: id,
        trust: documentOf(inputs['trustPolicy']),
        statements: policies.flatMap((policy) => documentOf(policy).Statement),
      };
    });
}

function documentOf(policy: unknown): PolicyDocument {
  const document = parsePolicy(JSON.stringify(policy));
  if (document === undefined) throw new Error('there is no policy');
  return document;
}

function resourcesOf({ Resource = [] }: PolicyStatement): readonly string[] {
  return [Resource].flat();
}

/** What a manifest permits itself. */
function isSaid({ Sid = '' }: PolicyStatement): boolean {
  return /^Permission\d+$/.test(Sid);
}

describe.each(sets)('Of %s', (_, set) => {
  const roles = rolesOf(set);
  const derived = roles.flatMap(({ statements }) => statements).filter((statement) => !isSaid(statement));

  test('both roles are there, and trust tasks of the account and region alone', () => {
    expect(roles.map(({ role }) => role)).toEqual(['execution-role', 'task-role']);
    for (const { trust } of roles)
      expect(trust.Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '123456789012' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' },
          },
        },
      ]);
  });

  test('all resources are named, but of actions that have none', () => {
    const everywhere = derived.filter((statement) =>
      resourcesOf(statement).some((one) => /^(\*|arn:\*?:?\*?)$/.test(one)),
    );
    for (const { Action = [] } of everywhere)
      for (const action of [Action].flat()) expect(withoutResources).toContain(action);
  });

  test('wildcards stand for what AWS adds to names, and for nothing else', () => {
    const named = derived.flatMap(resourcesOf).filter((resource) => resource !== '*');
    for (const resource of named)
      expect(resource.replace(/-\?{6}$|(?<=\.arn\}):\*$/, '')).not.toMatch(/[*?]/);
    for (const { Action = [] } of derived) expect([Action].flat().join(' ')).not.toContain('*');
  });

  test('no statement excepts instead of naming, and none is without its resources', () => {
    for (const statement of derived) {
      expect(Object.keys(statement)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^Not/)]));
      expect(resourcesOf(statement)).not.toEqual([]);
    }
  });

  test('keys are used through Secrets Manager alone', () => {
    for (const statement of derived.filter(({ Action }) => [Action].flat().join(' ').includes('kms:'))) {
      expect(statement.Action).toBe('kms:Decrypt');
      const condition = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };
      expect(statement.Condition).toEqual(condition);
    }
  });
});

/** `Sid` of its statements. */
function may(variant: string, role: string): readonly (string | undefined)[] {
  const found = rolesOf(service({ spec: variants[variant] ?? {} })).find((one) => one.role === role);
  return found?.statements.map(({ Sid }) => Sid) ?? [];
}

describe('A role has no statement more than it needs:', () => {
  test.each([
    ['the contract', ['ReadSecrets', 'DecryptSecrets', 'SendTraces', 'Permission1']],
    ['one without tracing', ['ReadSecrets', 'DecryptSecrets', 'Permission1']],
    ['one with a shell', ['ReadSecrets', 'DecryptSecrets', 'SendTraces', 'OpenShell', 'Permission1']],
  ])('the task role of %s', (variant, statements) => {
    expect(may(variant, 'task-role')).toEqual(statements);
  });

  test('the execution role of one with an image of somebody else pulls nothing', () => {
    expect(may('one with an image of somebody else', 'execution-role')).toEqual([
      'WriteLogs',
      'ReadSecrets',
      'DecryptSecrets',
    ]);
  });

  test('of a secret of somebody else the execution role alone knows, and its key', () => {
    const roles = rolesOf(service({ spec: variants['one with a secret of somebody else'] ?? {} }));
    const knows = (text: string) =>
      roles.filter((one) => JSON.stringify(one).includes(text)).map(({ role }) => role);
    expect(knows(theirs)).toEqual(['execution-role']);
    expect(knows(key)).toEqual(['execution-role']);
    expect(knows('fintech/api-keys')).toEqual(['task-role']);
  });
});
