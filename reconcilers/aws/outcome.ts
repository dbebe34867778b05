import {
  AccessDenied,
  Conflict,
  NotFound,
  NotReady,
  Terminal,
  Throttled,
} from '../../controller/engine/errors.ts';
import { codesOfService, patternsOfService } from './error-codes.ts';
import { codes, patterns } from './error-codes/every-service.ts';
import type { Verdict } from './error-codes/verdict.ts';
import { networkCodes, statuses, statusesOfService } from './error-statuses.ts';

/** The resource is there, but has no configuration of the kind that was asked for. */
export class NoConfiguration extends NotFound {}

/** Something of this name is there already. Whether it is ours, the resource type has to look. */
export class AlreadyExists extends Terminal {}

/** A bucket that lives in another region than the one asked. */
export class InOtherRegion extends Terminal {}

/** What errors are called that come of a body which is not in the form of the service. */
const NAMES_WITHOUT_MEANING: ReadonlySet<string> = new Set(['Error', 'SyntaxError', 'TypeError', 'Unknown']);

/** What the SDK's errors say about themselves, as far as they say it. */
export type AwsFailure = {
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
};

export function failureOf(error: unknown): AwsFailure {
  if (!(error instanceof Error)) {
    return { code: undefined, status: undefined, requestId: undefined, message: String(error) };
  }
  const ofResponse = property(error, 'Code', isString);
  const ofNetwork = property(error, 'code', isString);
  return {
    code: ofResponse ?? ofNetwork ?? (NAMES_WITHOUT_MEANING.has(error.name) ? undefined : error.name),
    ...metadataOf(error),
    message: error.message,
  };
}

/** What the SDK tells of an answer beside its content. */
export function metadataOf(answer: object): Pick<AwsFailure, 'status' | 'requestId'> {
  const metadata: object = property(answer, '$metadata', isObject) ?? {};
  return {
    status: property(metadata, 'httpStatusCode', isNumber),
    requestId: property(metadata, 'requestId', isString),
  };
}

export function verdictOf(service: string, { code = '', status }: AwsFailure, operation = ''): Verdict {
  return (
    codesOfService[service]?.[`${operation} ${code}`] ??
    codesOfService[service]?.[code] ??
    patternsOfService[service]?.find(([pattern]) => pattern.test(`${operation} ${code}`))?.[1] ??
    codes[code] ??
    patterns.find(([pattern]) => pattern.test(code))?.[1] ??
    (networkCodes.has(code) ? 'Transient' : undefined) ??
    (status === undefined ? undefined : (statusesOfService[service]?.[status] ?? statuses[status])) ??
    'Unknown'
  );
}

/** The error that the engine understands, with AWS's words and the request that they are about. */
export function outcomeOf(service: string, operation: string, error: unknown): Error {
  const failure = failureOf(error);
  const details = [
    failure.code ?? (failure.status === undefined ? undefined : `HTTP ${failure.status}`),
    failure.requestId && `request ${failure.requestId}`,
  ].filter((detail) => detail !== undefined && detail !== '');
  const suffix = details.length === 0 ? '' : ` (${details.join(', ')})`;
  return asError(verdictOf(service, failure, operation), `${operation}: ${failure.message}${suffix}`, error);
}

/** Verdicts that are classes of the engine, or narrower ones of ours. All others are reasons of Terminal. */
const classes = {
  AccessDenied,
  Conflict,
  NoConfiguration,
  NotFound,
  NotReady,
  Throttled,
  Transient: Error,
  Unknown: Error,
} as const;

function asError(verdict: Verdict, message: string, cause: unknown): Error {
  if (verdict === 'AlreadyExists') return new AlreadyExists('NotOwned', message, { cause });
  if (verdict === 'InOtherRegion') return new InOtherRegion('InvalidSpec', message, { cause });
  if (isClass(verdict)) return new classes[verdict](message, { cause });
  return new Terminal(verdict, message, { cause });
}

function isClass(verdict: Verdict): verdict is keyof typeof classes {
  return verdict in classes;
}

function property<T>(of: object, key: string, is: (value: unknown) => value is T): T | undefined {
  const value: unknown = Reflect.get(of, key);
  return is(value) ? value : undefined;
}

const isString = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
