import type { ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { Tags } from '../../../controller/engine/resource-type.ts';

/**
 * Which version of its secret is the token of a group, and how far its introduction is. AWS shows nothing but
 * the time of the last change, so the group keeps the rest in a tag, written before each call, because a
 * group that is being modified takes no tags. That time tells whether the call came after all.
 */
const TAG = 'fintech.global/auth-token-version';

/**
 * `SET`: it is the only token. `ROTATE`: it is added to the one before, which AWS has done when the time of the
 * last change is another than `mark`. `PROMOTED`: both are accepted, and since `mark` clients read the new one.
 */
export type AuthTokenStep = 'SET' | 'ROTATE' | 'PROMOTED';

export type AuthTokenVersion = {
  readonly version: string;
  readonly step: AuthTokenStep;
  /** A time; `never` where there was none. undefined: it was the token from the beginning. */
  readonly mark?: string;
  /** Of `ROTATE`: the version that clients read until then. */
  readonly before?: string | undefined;
};

export function authTokenTags({ version, step, mark, before }: AuthTokenVersion): Tags {
  return { [TAG]: [version, step, mark, before].filter((part) => part !== undefined).join(' ') };
}

export function authTokenIn(tags: Tags): AuthTokenVersion | undefined {
  const [version, step, mark, before] = tags[TAG]?.split(' ') ?? [];
  if (version === undefined || version === '') return undefined;
  if (step !== 'SET' && step !== 'ROTATE' && step !== 'PROMOTED') return undefined;
  return { version, step, ...(mark === undefined ? {} : { mark }), before };
}

/** The version that is accepted and that clients read; undefined where that is not known. */
export function validVersionOf({ version, step, before }: AuthTokenVersion): string | undefined {
  return step === 'ROTATE' ? before : version;
}

export function isAuthTokenTag(key: string): boolean {
  return key === TAG;
}

/** When the token was changed last, as a mark. */
export function lastChangeOf({ AuthTokenLastModifiedDate: time }: ReplicationGroup): string {
  return time?.toISOString() ?? 'never';
}

/** Whether AWS did what the tag says was to be done. */
export function isCarriedOut({ step, mark }: AuthTokenVersion, group: ReplicationGroup): boolean {
  return step === 'PROMOTED' || mark === undefined || mark !== lastChangeOf(group);
}

/** What the group has, in the shape of the spec: a plain version only where nothing is left to do. */
export function authSecretVersionOf(
  group: ReplicationGroup,
  tags: Tags,
  overlapSeconds: number,
  now: number,
): string | undefined {
  const token = authTokenIn(tags);
  if (group.AuthTokenEnabled !== true && (token === undefined || token.step === 'SET')) return undefined;
  if (token === undefined) return 'unknown';
  const { version, step } = token;
  if (step === 'ROTATE') return `${version}, being introduced`;
  const isDue = step === 'PROMOTED' && isOver(token, overlapSeconds, now);
  return isDue || !isCarriedOut(token, group) ? `${version}, and the one before` : version;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: 32 to 64 characters. */
const VERSION = /^[A-Za-z0-9-]{32,64}(, being introduced|, and the one before)?$/;

/** Whether a newer version is to be introduced, or is just being so; not where the token or its tag was taken away. */
export function isIntroduction(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted !== undefined && actual !== undefined && VERSION.test(actual);
}

export function isOver({ mark = '' }: AuthTokenVersion, overlapSeconds: number, now: number): boolean {
  const since = Date.parse(mark);
  return Number.isNaN(since) || since + overlapSeconds * 1_000 <= now;
}
