import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { sameUnordered } from '../../same.ts';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';

/** Which web pages of other origins may use the bucket from a browser. S3 takes the first rule that fits. */
export type CorsRule = {
  readonly id?: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly maxAgeSeconds?: number | undefined;
};

export const cors: BucketSetting<readonly CorsRule[]> = {
  severity: 'security',
  whenNew: [],

  equals(wanted, actual) {
    return (
      wanted.length === actual.length &&
      wanted.every((rule, index) => sameUnordered(parts(rule), parts(actual[index])))
    );
  },

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketCorsCommand(request)), undefined);
    return (found?.CORSRules ?? []).map((rule) => ({
      id: rule.ID,
      allowedOrigins: rule.AllowedOrigins ?? [],
      allowedMethods: rule.AllowedMethods ?? [],
      allowedHeaders: rule.AllowedHeaders,
      exposeHeaders: rule.ExposeHeaders,
      maxAgeSeconds: rule.MaxAgeSeconds,
    }));
  },

  async write({ s3, request }, rules) {
    if (rules.length === 0) await s3.send(new DeleteBucketCorsCommand(request));
    else
      await s3.send(
        new PutBucketCorsCommand({ ...request, CORSConfiguration: { CORSRules: rules.map(toSdkRule) } }),
      );
  },
};

function toSdkRule(rule: CorsRule): CORSRule {
  return {
    ID: rule.id,
    AllowedOrigins: [...rule.allowedOrigins],
    AllowedMethods: [...rule.allowedMethods],
    AllowedHeaders: rule.allowedHeaders && [...rule.allowedHeaders],
    ExposeHeaders: rule.exposeHeaders && [...rule.exposeHeaders],
    MaxAgeSeconds: rule.maxAgeSeconds,
  };
}

/** A rule as a set of statements, because its lists have no order. */
function parts(rule: CorsRule | undefined): readonly unknown[] {
  return Object.entries(rule ?? {}).flatMap(([key, value]) =>
    Array.isArray(value) ? value.map((item: unknown) => [key, item]) : [[key, value]].filter(isSaid),
  );
}

function isSaid([, value]: readonly unknown[]): boolean {
  return value !== undefined;
}
