import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerWithFault, answerWithQuote } from './aws-error.ts';
import { operationOf, type HttpCall, type Operation } from './operation.ts';

/**
 * What becomes of a call. `cut`: the emulator never sees it. `lose-response`: it is done, and nobody hears of it.
 * `quote`: it is refused by an error that repeats every value of the request.
 */
export type Decision =
  | 'pass'
  | 'throttle'
  | 'error500'
  | 'quote'
  | 'cut'
  | 'lose-response'
  | 'hold'
  | { readonly delay: number };

export interface Call extends Operation {
  /** Of all calls, from 0. */
  readonly index: number;
  /** Of the calls that write, from 0; -1 for one that reads. */
  readonly mutatingIndex: number;
}

export interface RecordedCall extends Call {
  readonly decision: Decision;
  /** The status of the answer that the caller was sent, if it was sent one. */
  readonly status: number | undefined;
}

export interface FaultProxyOptions {
  readonly decide?: (call: Call) => Decision | Promise<Decision>;
  /** Awaited before the emulator sees the call. */
  readonly beforeForward?: (call: Call) => void | Promise<void>;
  /** Awaited when the emulator has answered, before the caller hears of it. */
  readonly afterForward?: (call: Call) => void | Promise<void>;
}

export interface FaultProxy extends AsyncDisposable {
  readonly endpoint: string;
  /** Every call in the order of its end. */
  readonly calls: readonly RecordedCall[];
  /** Resolves as soon as so many calls are held at once. */
  readonly whenHeld: (count?: number) => Promise<void>;
  /** Forwards what is held now. */
  readonly release: () => void;
  /** What is forwarded from now on goes over new connections: an emulator closes its own at a checkpoint. */
  readonly reconnect: () => void;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** A proxy in front of the emulator that loses, delays and refuses calls as a test decides. */
export async function startFaultProxy(target: string, options: FaultProxyOptions = {}): Promise<FaultProxy> {
  const calls: RecordedCall[] = [];
  const agent = new Agent({ keepAlive: true });
  const gate = holdingGate();
  let seen = 0;
  let written = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const http: HttpCall = {
      method: incoming.method ?? 'GET',
      url: incoming.url ?? '/',
      headers: incoming.headers,
      body: await bytesOf(incoming),
    };
    const operation = operationOf(http);
    const call: Call = { ...operation, index: seen++, mutatingIndex: operation.mutating ? written++ : -1 };
    const decision = (await options.decide?.(call)) ?? 'pass';
    const end = (status?: number) => void calls.push({ ...call, decision, status });

    if (decision === 'throttle' || decision === 'error500') {
      end(answerWithFault(response, call.protocol, decision));
      return;
    }
    if (decision === 'quote') {
      end(answerWithQuote(response, call.protocol, http.body.toString()));
      return;
    }
    if (decision === 'cut') {
      end();
      incoming.socket.destroy();
      return;
    }
    if (decision === 'hold') await gate.hold();
    if (typeof decision === 'object') await sleep(decision.delay);
    await options.beforeForward?.(call);
    const answer = await forward(target, agent, http);
    await options.afterForward?.(call);
    if (decision === 'lose-response') {
      end();
      incoming.socket.destroy();
      return;
    }
    end(answer.status);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, response) => {
    // A hook that throws, or an emulator that is gone, is a lost connection to the caller.
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const stop = async () => {
    server.closeAllConnections();
    agent.destroy();
    gate.release();
    if (server.listening) await new Promise<unknown>((resolve) => server.close(resolve));
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    whenHeld: gate.whenHeld,
    release: gate.release,
    reconnect: () => agent.destroy(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function holdingGate() {
  const held = new Set<() => void>();
  const watchers = new Map<() => void, number>();
  const tellWatchers = () => {
    for (const [tell, count] of watchers) if (held.size >= count) tell();
  };
  return {
    hold: () =>
      new Promise<void>((resolve) => {
        held.add(resolve);
        tellWatchers();
      }),
    whenHeld: (count = 1) =>
      new Promise<void>((resolve) => {
        watchers.set(resolve, count);
        tellWatchers();
      }),
    release: () => {
      for (const go of held) go();
      held.clear();
    },
  };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The Host header stays as it came: it is signed, and names the bucket in virtual-host style. */
async function forward(target: string, agent: Agent, call: HttpCall): Promise<Answer> {
  const { hostname, port } = new URL(target);
  const { 'transfer-encoding': _, connection: __, expect: ___, ...headers } = call.headers;
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    request(
      {
        agent,
        hostname,
        port,
        method: call.method,
        path: call.url,
        headers: { ...headers, 'content-length': call.body.length },
      },
      resolve,
    )
      .once('error', reject)
      .end(call.body);
  });
  const body = await bytesOf(incoming);
  const { 'transfer-encoding': ____, connection: _____, ...answered } = incoming.headers;
  // The length of an answer to HEAD is that of a body which is not sent.
  const length = call.method === 'HEAD' ? {} : { 'content-length': body.length };
  return { status: incoming.statusCode ?? 502, headers: { ...answered, ...length }, body };
}
