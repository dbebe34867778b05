import type { ServerResponse } from 'node:http';
import type { Protocol } from './operation.ts';

interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const MESSAGES = {
  throttle: 'Rate exceeded',
  error500: 'We encountered an internal error. Please try again.',
} as const;

const THROTTLE: Readonly<Record<Protocol, Fault>> = {
  s3: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  ec2: { status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
  query: { status: 400, code: 'Throttling', message: MESSAGES.throttle },
  json: { status: 400, code: 'ThrottlingException', message: MESSAGES.throttle },
  rest: { status: 429, code: 'TooManyRequestsException', message: MESSAGES.throttle },
};

const ERROR_500: Readonly<Record<Protocol, Fault>> = {
  s3: { status: 500, code: 'InternalError', message: MESSAGES.error500 },
  ec2: { status: 500, code: 'InternalError', message: MESSAGES.error500 },
  query: { status: 500, code: 'ServiceFailure', message: MESSAGES.error500 },
  json: { status: 500, code: 'InternalServerError', message: MESSAGES.error500 },
  rest: { status: 500, code: 'InternalServerError', message: MESSAGES.error500 },
};

/** Answers with the error that AWS would send in this protocol; returns its status. */
export function answerWithFault(
  response: ServerResponse,
  protocol: Protocol,
  kind: 'throttle' | 'error500',
): number {
  return answer(response, protocol, (kind === 'throttle' ? THROTTLE : ERROR_500)[protocol]);
}

/** Refuses a request in the words of AWS's validation, which repeat what does not fit; here every value does not. */
export function answerWithQuote(response: ServerResponse, protocol: Protocol, body: string): number {
  const values = valuesIn(protocol, body).map((value) => `Value '${value}' failed to satisfy constraint`);
  const message = `${values.length} validation errors detected: ${values.join('; ')}`;
  return answer(response, protocol, { status: 400, code: 'InvalidParameterValue', message });
}

/** Of a request by form or by JSON. */
function valuesIn(protocol: Protocol, body: string): readonly string[] {
  if (protocol === 'query' || protocol === 'ec2') return [...new URLSearchParams(body).values()];
  const parameters: object = JSON.parse(body);
  return Object.values(parameters).map((value) =>
    typeof value === 'string' ? value : JSON.stringify(value),
  );
}

function answer(response: ServerResponse, protocol: Protocol, fault: Fault): number {
  const isXml = protocol === 's3' || protocol === 'ec2' || protocol === 'query';
  response.writeHead(fault.status, {
    'content-type': isXml ? 'application/xml' : 'application/x-amz-json-1.1',
    'x-amzn-requestid': REQUEST_ID,
    'x-amz-request-id': REQUEST_ID,
    ...(isXml ? {} : { 'x-amzn-errortype': fault.code }),
  });
  response.end(bodyOf(protocol, fault));
  return fault.status;
}

const REQUEST_ID = '00000000-0000-0000-0000-00000000fa17';

function bodyOf(protocol: Protocol, { code, message, status }: Fault): string {
  if (protocol === 'json' || protocol === 'rest') return JSON.stringify({ __type: code, message });
  const error = `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
  const type = status < 500 ? 'Sender' : 'Receiver';
  if (protocol === 's3') {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}<RequestId>${REQUEST_ID}</RequestId></Error>`;
  }
  return protocol === 'ec2'
    ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`
    : `<ErrorResponse><Error><Type>${type}</Type>${error}</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
