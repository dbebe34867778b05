import { connect } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readToken, TokenRequired } from '../../../controller/http/access.ts';
import { workersCheck } from '../../../controller/http/health.ts';
import {
  InvalidListenAddress,
  isLoopback,
  parseListenAddress,
} from '../../../controller/http/listen-address.ts';
import { buildServer, startServer } from '../../../controller/http/server.ts';
import { FakeClock } from '../../fake-clock.ts';
import { setUp } from './fixture.ts';

const list = '/apis/fintech.global/v1alpha1/fintechnetworks';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the address', () => {
  test.each([
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['localhost:0', 'localhost', 0],
    ['[::1]:9090', '::1', 9090],
    [':8080', '::', 8080],
    ['0.0.0.0:80', '0.0.0.0', 80],
  ])('%s is host %s and port %i', (text, host, port) => {
    expect(parseListenAddress(text)).toEqual({ host, port });
  });

  test.each([
    '',
    '8080',
    'localhost',
    '127.0.0.1:',
    '127.0.0.1:99999',
    '::1:80',
    '[x]:80',
    'a b:80',
    'http://a:80',
  ])('"%s" is none', (text) => {
    expect(() => parseListenAddress(text)).toThrow(InvalidListenAddress);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['localhost', true],
    ['::1', true],
    ['::', false],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
  ])('whether only this machine reaches %s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('without a token', () => {
  test.each(['0.0.0.0:8080', ':8080', '[::]:8080', '10.0.0.1:8080', 'controller.internal:8080'])(
    'the server does not start on %s, and says what to do',
    async (listen) => {
      const attempt = startServer(setUp({ listen }).options);
      await expect(attempt).rejects.toBeInstanceOf(TokenRequired);
      await expect(attempt).rejects.toThrow(/FINTECH_TOKEN.*127\.0\.0\.1/);
    },
  );

  test('requests to loopback are served, and those that a web page sends to another name are not', async () => {
    const server = buildServer(setUp().options);
    for (const host of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080'])
      expect((await server.inject({ url: list, headers: { host } })).statusCode).toBe(200);
    const answer = await server.inject({ url: list, headers: { host: 'evil.example.com:8080' } });
    expect(answer.json()).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
  });
});

describe('with a token', () => {
  const server = buildServer(setUp({ listen: '0.0.0.0:8080', token: 'correct-horse' }).options);

  test.each([list, '/metrics', '/', '/apis/x', '/healthz/', '/healthz%2f..%2fmetrics'])(
    '%s needs it',
    async (url) => {
      const without = await server.inject(url);
      expect(without.statusCode).toBe(401);
      expect(without.headers['www-authenticate']).toBe('Bearer');
      expect(without.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
    },
  );

  test.each(['/healthz', '/readyz', '/livez'])('%s does not', async (url) => {
    expect((await server.inject(url)).statusCode).toBe(200);
  });

  test.each([
    ['Bearer correct-horse', 200],
    ['bearer correct-horse', 200],
    ['Bearer correct-hors', 401],
    ['Bearer correct-horse2', 401],
    ['Bearer', 401],
    ['Basic correct-horse', 401],
    ['correct-horse', 401],
  ])('"%s" is answered with %i', async (authorization, code) => {
    const headers = { authorization, host: 'controller.example.com' };
    expect((await server.inject({ url: list, headers })).statusCode).toBe(code);
  });

  test('it is asked for before a change is looked at', async () => {
    expect((await server.inject({ method: 'DELETE', url: list })).statusCode).toBe(401);
  });

  test('it comes from a file if one is named, otherwise from FINTECH_TOKEN', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'token-'));
    vi.stubEnv('FINTECH_TOKEN', 'of the environment');
    const file = join(directory, 'token');
    await writeFile(file, 'of the file\n');
    expect(await readToken(file)).toBe('of the file');
    expect(await readToken()).toBe('of the environment');
    vi.stubEnv('FINTECH_TOKEN', '');
    expect(await readToken()).toBeUndefined();
    await writeFile(file, '\n');
    await expect(readToken(file)).rejects.toThrow('is empty');
    await rm(directory, { recursive: true });
  });
});

describe('health', () => {
  test('is ok when nothing fails', async () => {
    const server = buildServer(setUp().options);
    for (const url of ['/healthz', '/livez', '/readyz']) {
      const answer = await server.inject(url);
      expect([answer.statusCode, answer.body]).toEqual([200, 'ok']);
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    }
  });

  test('lists what fails; what is only not ready yet needs no restart', async () => {
    let manifests: string | undefined = 'have not been read yet';
    const ready = [
      { name: 'manifests', failure: () => manifests },
      { name: 'state', failure: () => undefined },
    ];
    const server = buildServer(setUp({ health: { live: [], ready } }).options);
    expect((await server.inject('/healthz')).statusCode).toBe(200);
    const answer = await server.inject('/readyz');
    expect([answer.statusCode, answer.body]).toEqual([503, 'manifests: have not been read yet\n']);
    manifests = undefined;
    expect((await server.inject('/readyz')).statusCode).toBe(200);
  });

  test('fails when a worker does not come back', async () => {
    const clock = new FakeClock();
    const running = new Map([['FintechNetwork/production/core', clock.now()]]);
    const check = workersCheck(() => running, clock, 15 * 60_000);
    const server = buildServer(setUp({ health: { live: [check], ready: [] } }).options);
    expect((await server.inject('/healthz')).statusCode).toBe(200);
    await clock.advance(16 * 60_000);
    for (const url of ['/healthz', '/livez', '/readyz'])
      expect((await server.inject(url)).body).toBe(
        'workers: FintechNetwork/production/core has been worked on for 16m\n',
      );
  });
});

test('metrics are served with their content type', async () => {
  const answer = await buildServer(setUp().options).inject('/metrics');
  expect(answer.headers['content-type']).toMatch('text/plain; version=0.0.4');
  expect(answer.body).toBe('up 1\n');
});

describe('over a real socket', () => {
  test('the server answers, and on close finishes what it is answering', async () => {
    const { promise: text, resolve: release } = Promise.withResolvers<string>();
    const metrics = { contentType: 'text/plain', text: () => text };
    const server = await startServer(setUp({ listen: '127.0.0.1:0', metrics }).options);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(new URL(list, server.url))).status).toBe(200);
    const slow = fetch(new URL('/metrics', server.url));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = server.close();
    release('up 1');
    expect(await (await slow).text()).toBe('up 1');
    await closed;
    await expect(fetch(new URL('/healthz', server.url))).rejects.toThrow('fetch failed');
  });

  test('a connection that is kept open does not hold up the close', async () => {
    const server = await startServer(setUp({ listen: '127.0.0.1:0' }).options);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    await expect(server.close()).resolves.toBeUndefined();
    socket.destroy();
  });
});
