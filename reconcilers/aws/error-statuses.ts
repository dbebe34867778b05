import type { Verdict } from './error-codes/verdict.ts';

/** For answers without a code that anybody knows: to HEAD requests, and from whatever stands in between. */
export const statuses: Readonly<Record<number, Verdict>> = {
  301: 'InOtherRegion',
  401: 'AccessDenied',
  403: 'AccessDenied',
  404: 'NotFound',
  408: 'Transient',
  409: 'Conflict',
  412: 'Conflict',
  429: 'Throttled',
  500: 'Transient',
  502: 'Transient',
  503: 'Transient',
  504: 'Transient',
};

/** S3 knows 503 as SlowDown and ServiceUnavailable only: both ask for fewer calls. HEAD requests get it without a code. */
export const statusesOfService: Readonly<Record<string, Readonly<Record<number, Verdict>>>> = {
  s3: { 503: 'Throttled' },
};

/** Connections that failed before there was an answer. */
export const networkCodes: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
