import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback, type ListenAddress } from './listen-address.ts';
import { RequestRefused } from './status.ts';

/** The API would be open to everybody who can reach the address. */
export class TokenRequired extends Error {
  override readonly name = 'TokenRequired';

  constructor({ host }: ListenAddress) {
    super(
      `listening on ${host} would let everybody on the network in: set FINTECH_TOKEN to a secret that clients ` +
        'send as "Authorization: Bearer ...", or name a file that holds it, or listen on 127.0.0.1',
    );
  }
}

/** The token that clients have to send: from the file if one is named, otherwise from FINTECH_TOKEN. */
export async function readToken(file?: string): Promise<string | undefined> {
  const text = file === undefined ? process.env['FINTECH_TOKEN'] : await readFile(file, 'utf8');
  const token = text?.trim();
  if (file !== undefined && token === '') throw new Error(`the token file ${file} is empty`);
  return token === '' ? undefined : token;
}

/** Load balancers and container runtimes ask for these, and have no token. */
const openToAll = new Set(['/healthz', '/readyz', '/livez']);

/**
 * Lets nobody in without the token. Without one, the address must be loopback, and requests must be addressed
 * to it: otherwise a web page could reach the API by giving its own host name the address of this machine.
 */
export function restrictAccess(
  server: FastifyInstance,
  address: ListenAddress,
  token: string | undefined,
): void {
  if (token === undefined && !isLoopback(address.host)) throw new TokenRequired(address);
  server.addHook('onRequest', async (request, reply) => {
    if (openToAll.has(request.routeOptions.url ?? '')) return;
    if (token === undefined) {
      if (!isLoopback(request.hostname.replaceAll(/[[\]]/g, '')))
        throw new RequestRefused('Forbidden', `this server is not ${request.hostname}`);
    } else if (!isSame(bearerOf(request), token)) {
      void reply.header('WWW-Authenticate', 'Bearer');
      throw new RequestRefused('Unauthorized', 'this needs the header "Authorization: Bearer TOKEN"');
    }
  });
}

function bearerOf(request: FastifyRequest): string {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** In the same time for every wrong token, whatever its length. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
