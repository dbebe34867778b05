import { beforeEach, describe, expect, test } from 'vitest';
import { buildServer } from '../../../controller/http/server.ts';
import { sampleRecord } from '../state/samples.ts';
import { setUp } from './fixture.ts';

const root = '/apis/fintech.global/v1alpha1';
const core = `${root}/namespaces/production/fintechnetworks/core`;
const mergePatch = { 'content-type': 'application/merge-patch+json' };
const request = {
  metadata: { annotations: { 'fintech.global/reconcile-requested-at': '2026-01-01T00:00:00Z' } },
};

let fixture: ReturnType<typeof setUp>;
let server: ReturnType<typeof buildServer>;

beforeEach(() => {
  fixture = setUp();
  server = buildServer(fixture.options);
});

describe('reading', () => {
  test('an object shows what Kubernetes would show, and where it comes from', async () => {
    const answer = await server.inject(core);
    const { memory: _, source: __, events: ___, commit: ____, ...shown } = sampleRecord();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch('application/json');
    expect(answer.json()).toEqual({
      ...shown,
      metadata: {
        ...shown.metadata,
        annotations: {
          'fintech.global/mode': 'Enforce',
          'fintech.global/source': 'production/network.yaml:12',
        },
      },
    });
  });

  test('a list holds the objects of all namespaces in order', async () => {
    const list = (await server.inject(`${root}/fintechnetworks`)).json();
    expect(list).toMatchObject({ apiVersion: 'fintech.global/v1alpha1', kind: 'FintechNetworkList' });
    expect(list.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
      'core',
      'edge',
    ]);
    expect(JSON.stringify(list)).not.toContain('memory');
  });

  test('a list of one namespace holds only its objects', async () => {
    const list = (await server.inject(`${root}/namespaces/staging/fintechnetworks`)).json();
    expect(list).toMatchObject({ items: [{ metadata: { name: 'edge', namespace: 'staging' } }] });
    const empty = await server.inject(`${root}/namespaces/nowhere/fintechnetworks`);
    expect(empty.json()).toMatchObject({ kind: 'FintechNetworkList', items: [] });
  });

  test('what has no namespace is found without one', async () => {
    expect((await server.inject(`${root}/environments/production`)).json()).toMatchObject({
      kind: 'Environment',
    });
    expect((await server.inject(`${root}/environments`)).json()).toMatchObject({ kind: 'EnvironmentList' });
    expect((await server.inject(`${root}/namespaces/production/environments`)).statusCode).toBe(404);
    expect((await server.inject(`${root}/fintechnetworks/core`)).statusCode).toBe(404);
  });

  test('what is not there is answered with a Status that names it', async () => {
    const answer = await server.inject(`${root}/namespaces/production/fintechnetworks/gone`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'fintechnetworks.fintech.global "gone" not found',
      reason: 'NotFound',
      details: { name: 'gone', group: 'fintech.global', kind: 'fintechnetworks' },
      code: 404,
    });
  });

  test.each([`${root}/pods`, '/apis/apps/v1/deployments', '/', '/favicon.ico', `${core}/status`])(
    '%s is not there',
    async (url) => {
      const answer = await server.inject(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ kind: 'Status', reason: 'NotFound' });
    },
  );
});

describe('the annotation that asks for a reconcile', () => {
  test('is taken, and shown in the answer', async () => {
    const answer = await server.inject({
      method: 'PATCH',
      url: core,
      headers: mergePatch,
      payload: JSON.stringify(request),
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ kind: 'FintechNetwork', ...request });
    expect(fixture.requested).toEqual(['FintechNetwork/production/core']);
  });

  test('is taken for what has no namespace, and from kubectl', async () => {
    const url = `${root}/environments/production?fieldManager=kubectl-annotate`;
    const headers = { 'content-type': 'application/merge-patch+json; charset=utf-8' };
    await server.inject({ method: 'PATCH', url, headers, payload: JSON.stringify(request) });
    expect(fixture.requested).toEqual(['Environment/production']);
  });

  test('has no effect in a dry run', async () => {
    const url = `${core}?dryRun=All`;
    const answer = await server.inject({
      method: 'PATCH',
      url,
      headers: mergePatch,
      payload: JSON.stringify(request),
    });
    expect(answer.statusCode).toBe(200);
    expect(fixture.requested).toEqual([]);
  });

  test('of an object that is not there is refused', async () => {
    const url = `${root}/namespaces/production/fintechnetworks/gone`;
    const answer = await server.inject({
      method: 'PATCH',
      url,
      headers: mergePatch,
      payload: JSON.stringify(request),
    });
    expect(answer.statusCode).toBe(404);
  });
});

describe('every other change is refused, and the answer says what to do instead', () => {
  const readOnly = {
    kind: 'Status',
    reason: 'MethodNotAllowed',
    code: 405,
    message: 'this API is read-only: change the manifest and commit',
  };

  test.each([
    ['another annotation', { metadata: { annotations: { other: 'x' } } }],
    ['one more annotation', { metadata: { annotations: { ...request.metadata.annotations, other: 'x' } } }],
    ['the annotation and a label', { metadata: { ...request.metadata, labels: { a: 'b' } } }],
    ['the annotation and the spec', { ...request, spec: { cidr: '10.1.0.0/16' } }],
    [
      'the removal of the annotation',
      { metadata: { annotations: { 'fintech.global/reconcile-requested-at': null } } },
    ],
    ['nothing', {}],
    ['a list', [request]],
    ['null', null],
  ])('a patch with %s', async (_, patch) => {
    const answer = await server.inject({
      method: 'PATCH',
      url: core,
      headers: mergePatch,
      payload: JSON.stringify(patch),
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.json()).toMatchObject(readOnly);
    expect(fixture.requested).toEqual([]);
  });

  test.each([
    ['PATCH', core, 'application/json-patch+json'],
    ['PATCH', core, 'application/apply-patch+yaml'],
    ['PATCH', core, 'application/json'],
    ['PATCH', `${root}/namespaces/production/fintechnetworks`, 'application/merge-patch+json'],
    ['PUT', core, 'application/json'],
    ['POST', `${root}/namespaces/production/fintechnetworks`, 'application/vnd.kubernetes.protobuf'],
    ['DELETE', core, 'application/json'],
    ['DELETE', `${root}/fintechnetworks`, 'application/json'],
  ] as const)('%s %s as %s', async (method, url, type) => {
    const answer = await server.inject({
      method,
      url,
      headers: { 'content-type': type },
      payload: JSON.stringify(request),
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.json()).toMatchObject(readOnly);
    expect(fixture.requested).toEqual([]);
  });

  test('a patch that is not JSON', async () => {
    const answer = await server.inject({
      method: 'PATCH',
      url: core,
      headers: mergePatch,
      payload: '{"metadata"',
    });
    expect(answer.json()).toMatchObject({ kind: 'Status', reason: 'BadRequest', code: 400 });
  });

  test('a patch that is too large', async () => {
    const answer = await server.inject({
      method: 'PATCH',
      url: core,
      headers: mergePatch,
      payload: 'x'.repeat(70_000),
    });
    expect(answer.json()).toMatchObject({ kind: 'Status', code: 413 });
  });
});

test('a defect is logged, and the answer gives nothing away', async () => {
  const { options, logged } = setUp();
  const objects = {
    ...options.objects,
    objects: () => {
      throw new Error('a detail of the inside');
    },
  };
  const answer = await buildServer({ ...options, objects }).inject(core);
  expect(answer.json()).toMatchObject({ kind: 'Status', code: 500 });
  expect(answer.body).not.toContain('detail');
  expect(logged).toMatchObject([[{ err: { message: 'a detail of the inside' } }, 'a request failed']]);
});
