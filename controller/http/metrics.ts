import type { FastifyInstance } from 'fastify';

export type MetricsSource = { readonly contentType: string; text(): Promise<string> };

export function addMetricsRoute(server: FastifyInstance, metrics: MetricsSource): void {
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
