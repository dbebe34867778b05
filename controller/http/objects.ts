import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keyOf, objectKey, type ObjectRecord } from '../object.ts';
import { presented, presentedList } from './presentation.ts';
import { readOnlyMessage, reconcileAnnotation, requestedAt } from './reconcile-patch.ts';
import { RequestRefused } from './status.ts';

const group = 'fintech.global';
const version = 'v1alpha1';
const root = `/apis/${group}/${version}`;

/** How a kind is called in URLs. */
export type Resource = { readonly kind: string; readonly plural: string; readonly namespaced: boolean };

export type ObjectsSource = {
  readonly resources: readonly Resource[];
  objects(): Iterable<ObjectRecord>;
  /** Has the object with this key looked at now. */
  requestReconcile(key: string): void;
};

/** The objects as Kubernetes would serve them, to be read; a reconcile can be asked for, and nothing changed. */
export function addObjectRoutes(server: FastifyInstance, source: ObjectsSource): void {
  server.get(`${root}/:plural`, (request, reply) => reply.send(list(source, request)));
  server.get(`${root}/namespaces/:namespace/:plural`, (request, reply) => reply.send(list(source, request)));
  for (const url of [`${root}/:plural/:name`, `${root}/namespaces/:namespace/:plural/:name`]) {
    server.get(url, (request, reply) => reply.send(presented(find(source, request))));
    server.patch(url, (request, reply) => reply.send(patch(source, request)));
  }
  server.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/apis/*',
    handler: (_request, reply) => {
      void reply.header('Allow', 'GET, HEAD');
      throw new RequestRefused('MethodNotAllowed', readOnlyMessage);
    },
  });
}

function list(source: ObjectsSource, request: FastifyRequest): unknown {
  const resource = resourceOf(source, request);
  const namespace = parameter(request, 'namespace');
  if (namespace !== '' && !resource.namespaced) throw noSuchResource();
  const records = [...source.objects()].filter(
    ({ kind, metadata }) => kind === resource.kind && (namespace === '' || metadata.namespace === namespace),
  );
  return presentedList(`${group}/${version}`, resource.kind, records);
}

function patch(source: ObjectsSource, request: FastifyRequest): unknown {
  const record = find(source, request);
  const value = requestedAt(request.headers['content-type'], request.body);
  if (!isDryRun(request)) source.requestReconcile(keyOf(record));
  const { metadata } = record;
  const annotations = { ...metadata.annotations, [reconcileAnnotation]: value };
  return presented({ ...record, metadata: { ...metadata, annotations } });
}

function find(source: ObjectsSource, request: FastifyRequest): ObjectRecord {
  const resource = resourceOf(source, request);
  const namespace = parameter(request, 'namespace');
  const name = parameter(request, 'name');
  if (resource.namespaced !== (namespace !== '')) throw noSuchResource();
  const key = objectKey(resource.kind, resource.namespaced ? namespace : undefined, name);
  for (const record of source.objects()) if (keyOf(record) === key) return record;
  const message = `${resource.plural}.${group} "${name}" not found`;
  throw new RequestRefused('NotFound', message, { name, group, kind: resource.plural });
}

function resourceOf(source: ObjectsSource, request: FastifyRequest): Resource {
  const plural = parameter(request, 'plural');
  const resource = source.resources.find((each) => each.plural === plural);
  if (resource === undefined) throw noSuchResource();
  return resource;
}

function noSuchResource(): RequestRefused {
  return new RequestRefused('NotFound', 'the server could not find the requested resource');
}

function parameter(request: FastifyRequest, name: string): string {
  return textField(request.params, name);
}

function isDryRun(request: FastifyRequest): boolean {
  return textField(request.query, 'dryRun') !== '';
}

function textField(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const field = new Map<string, unknown>(Object.entries(value)).get(name);
  return typeof field === 'string' ? field : '';
}
