import type { IncomingHttpHeaders } from 'node:http';
import { s3Operation } from './s3-operation.ts';

/** The wire formats that differ in how they say the operation and an error. */
export type Protocol = 's3' | 'query' | 'ec2' | 'json' | 'rest';

export interface Operation {
  readonly protocol: Protocol;
  readonly service: string;
  readonly operation: string;
  readonly mutating: boolean;
}

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const READS = /^(Get|List|Describe|Head|AssumeRole)/;

/** Which AWS operation an HTTP request asks for. */
export function operationOf(call: HttpCall): Operation {
  const named = nameOf(call);
  return { ...named, mutating: !READS.test(named.operation) };
}

function nameOf(call: HttpCall): Omit<Operation, 'mutating'> {
  const service = signedService(call.headers);
  const target = call.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    return { protocol: 'json', service: service ?? prefix, operation };
  }
  const [, rpcOperation] = /\/operation\/(\w+)$/.exec(call.url) ?? [];
  if (rpcOperation !== undefined) {
    return { protocol: 'json', service: service ?? 'unknown', operation: rpcOperation };
  }
  const action = queryAction(call);
  if (action !== undefined) {
    return {
      protocol: service === 'ec2' ? 'ec2' : 'query',
      service: service ?? 'unknown',
      operation: action,
    };
  }
  if (service === undefined || service === 's3') {
    return { protocol: 's3', service: 's3', operation: s3Operation(call) };
  }
  return { protocol: 'rest', service, operation: restOperation(call) };
}

/** The service in the credential scope of the signature: `Credential=KEY/20260101/us-east-1/iam/aws4_request`. */
function signedService(headers: IncomingHttpHeaders): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
}

function queryAction(call: HttpCall): string | undefined {
  const type = call.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  return new URLSearchParams(call.body.toString('utf8')).get('Action') ?? undefined;
}

/** REST services name no operation: method and path stand for it, a GET as one that reads. */
function restOperation(call: HttpCall): string {
  const path = call.url.split('?')[0] ?? '/';
  return call.method === 'GET' || call.method === 'HEAD' ? `Get ${path}` : `${call.method} ${path}`;
}
