import * as autoscaling from './error-codes/autoscaling.ts';
import * as cloudwatch from './error-codes/cloudwatch.ts';
import * as dynamodb from './error-codes/dynamodb.ts';
import * as ec2 from './error-codes/ec2.ts';
import * as ecr from './error-codes/ecr.ts';
import * as ecs from './error-codes/ecs.ts';
import * as elasticache from './error-codes/elasticache.ts';
import * as elb from './error-codes/elb.ts';
import * as iam from './error-codes/iam.ts';
import * as kms from './error-codes/kms.ts';
import * as logs from './error-codes/logs.ts';
import * as rds from './error-codes/rds.ts';
import * as s3 from './error-codes/s3.ts';
import * as secrets from './error-codes/secrets.ts';
import * as sns from './error-codes/sns.ts';
import * as waf from './error-codes/waf.ts';
import type { Codes, Patterns } from './error-codes/verdict.ts';

/** Codes that mean something else, or something more, in one service or operation than their name says. */
export const codesOfService: Readonly<Record<string, Codes>> = {
  autoscaling: autoscaling.codes,
  cloudwatch: cloudwatch.codes,
  dynamodb: dynamodb.codes,
  ec2: ec2.codes,
  ecr: ecr.codes,
  ecs: ecs.codes,
  elasticache: elasticache.codes,
  elb: elb.codes,
  iam: iam.codes,
  kms: kms.codes,
  logs: logs.codes,
  rds: rds.codes,
  s3: s3.codes,
  secrets: secrets.codes,
  sns: sns.codes,
  waf: waf.codes,
};

export const patternsOfService: Readonly<Record<string, Patterns>> = {
  ec2: ec2.patterns,
  rds: rds.patterns,
};
