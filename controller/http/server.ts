import { fastify, type FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { restrictAccess } from './access.ts';
import { addHealthRoutes, type HealthChecks } from './health.ts';
import { parseListenAddress } from './listen-address.ts';
import { addMetricsRoute, type MetricsSource } from './metrics.ts';
import { addObjectRoutes, type ObjectsSource } from './objects.ts';
import { RequestRefused, statusOf, type Status } from './status.ts';

export type ServerOptions = {
  /** As in `127.0.0.1:8080`. */
  readonly listen: string;
  /** Asked for whenever it is given; needed for every address but loopback. */
  readonly token?: string | undefined;
  readonly health: HealthChecks;
  readonly metrics: MetricsSource;
  readonly objects: ObjectsSource;
  readonly log: Pick<Log, 'error'>;
};

export type RunningServer = {
  /** `http://127.0.0.1:8080`, with the port that was chosen where 0 was asked for. */
  readonly url: string;
  /** Takes no more requests, and gives those that are being answered a second. */
  close(): Promise<void>;
};

/** In milliseconds: a client that does not read its answer must not hold up the end of the daemon. */
const lastAnswers = 1_000;

/** Throws InvalidListenAddress or TokenRequired, with what to do. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = buildServer(options);
  const url = await server.listen(parseListenAddress(options.listen));
  return { url, close: () => closeSoon(server) };
}

async function closeSoon(server: FastifyInstance): Promise<void> {
  const force = setTimeout(() => server.server.closeAllConnections(), lastAnswers);
  await server.close();
  clearTimeout(force);
}

/** The server without a socket. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: 'idle', bodyLimit: 64 * 1024 });
  restrictAccess(server, parseListenAddress(options.listen), options.token);
  acceptAnyBody(server);
  server.setNotFoundHandler((_request, reply) =>
    send(reply, statusOf('NotFound', 'the server could not find the requested resource')),
  );
  server.setErrorHandler((error, request, reply) => {
    if (error instanceof RequestRefused) return send(reply, error.status);
    const code = statusCodeOf(error);
    if (code === 413) return send(reply, statusOf('RequestEntityTooLarge', 'the request is too large'));
    if (code < 500) return send(reply, statusOf('BadRequest', 'the request cannot be understood'));
    options.log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
    return send(reply, statusOf('InternalError', 'the request failed: the log of the controller says why'));
  });
  addHealthRoutes(server, options.health);
  addMetricsRoute(server, options.metrics);
  addObjectRoutes(server, options.objects);
  return server;
}

/** Bodies are looked at by the routes, so that what is refused is refused for the right reason. */
function acceptAnyBody(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

function send(reply: { code(code: number): { send(body: Status): unknown } }, status: Status): unknown {
  return reply.code(status.code).send(status);
}

function statusCodeOf(error: unknown): number {
  const known = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof known === 'number' ? known : 500;
}
