import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

const signed = (service: string) =>
  `Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request`;

function request(line: string, headers: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: 127.0.0.1', signed('s3'), ...headers, '', body].join('\r\n');
}

/** Everything that is answered on one connection to what is sent in these parts, a moment after each other. */
async function answerTo(...parts: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(emulator.endpoint).port), '127.0.0.1');
  let answered = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answered += text));
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await ended;
  return answered;
}

const last = ['Connection: close'] as const;
const statuses = (answered: string) => answered.match(/^HTTP\/1\.1 \d+/gm);

test('a connection stays open for the next request, also for one that has come with the first', async () => {
  const put = request('PUT /one', ['Content-Length: 0']);
  const answered = await answerTo(put + request('HEAD /one'), request('GET /one', last));
  expect(statuses(answered)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200']);
});

test('a body may come in pieces, in chunks, and after it was asked for', async () => {
  await answerTo(request('PUT /two', ['Content-Length: 0', ...last]));
  const inPieces = request('PUT /two/pieces', ['Content-Length: 6', 'Expect: 100-continue']);
  const inChunks = request('PUT /two/chunks', ['Transfer-Encoding: chunked']);
  const answered = await answerTo(
    inPieces,
    'abc',
    'def',
    `${inChunks}3\r\nuv`,
    'w\r\n3\r\nxyz\r\n0\r\n\r\n',
    request('GET /two/pieces'),
    request('GET /two/chunks', last),
  );
  expect(statuses(answered)?.[0]).toBe('HTTP/1.1 100');
  expect(answered).toContain('\r\n\r\nabcdef');
  expect(answered).toContain('\r\n\r\nuvwxyz');
});

test('names in the metadata of an S3 object keep their underscores', async () => {
  const put = request('PUT /three', ['Content-Length: 0']);
  const object = request('PUT /three/key', ['Content-Length: 0', 'x-amz-meta-cost_center: 7']);
  const answered = await answerTo(put + object + request('HEAD /three/key', last));
  expect(answered).toMatch(/^x-amz-meta-cost_center: 7\r$/im);
});

test('what is no request is refused, and who stalls holds up nobody', async () => {
  expect(statuses(await answerTo('hello\r\n\r\n'))).toEqual(['HTTP/1.1 400']);
  const stalled = answerTo(request('PUT /four', ['Content-Length: 1', ...last]), '', '', 'x');
  expect(statuses(await answerTo(request('GET /', last)))).toEqual(['HTTP/1.1 200']);
  await stalled;
});

async function createVpc({ endpoint }: Emulator): Promise<string | undefined> {
  const headers = {
    authorization: signed('ec2').replace('Authorization: ', ''),
    'content-type': 'application/x-www-form-urlencoded',
  };
  const body = 'Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16';
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  return /<vpcId>(vpc-[0-9a-f]+)</.exec(await response.text())?.[1];
}

test('two emulators know nothing of each other, and give different ids', async () => {
  await using other = await startEmulator();
  const ids = [await createVpc(emulator), await createVpc(other)];
  expect(ids).toEqual([expect.any(String), expect.any(String)]);
  expect(ids[0]).not.toBe(ids[1]);
});
