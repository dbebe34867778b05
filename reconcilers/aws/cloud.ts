import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSClient } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../../controller/engine/clock.ts';
import { Limiter } from '../../controller/engine/limiter.ts';
import { accountCheck } from './account.ts';
import type { CallHooks } from './calls/call.ts';
import { callPlugin } from './calls/plugin.ts';
import { credentialsOfRole, type AssumedRole } from './credentials.ts';

/** One account and region of AWS, as resource types see it. */
export type Aws = {
  readonly account: string;
  readonly region: string;
  readonly ec2: EC2Client;
  readonly rds: RDSClient;
  readonly elasticache: ElastiCacheClient;
  readonly dynamodb: DynamoDBClient;
  readonly autoscaling: ApplicationAutoScalingClient;
  readonly secrets: SecretsManagerClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  readonly kms: KMSClient;
  readonly iam: IAMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
};

export type AwsTarget = {
  readonly accountId: string;
  readonly region: string;
  readonly assumeRole?: AssumedRole;
};

export type AwsConnection = {
  readonly aws: Aws;
  /** By service: how many calls a second go through now, and how many wait. */
  readonly limiters: Readonly<Record<string, Limiter>>;
  /** Throws Terminal WrongAccount. Every call of {@link Aws} waits for it anyway. */
  readonly checkAccount: () => Promise<void>;
  /** Closes all sockets. */
  readonly close: () => void;
};

/**
 * Clients for one account and region. Endpoint, credentials and proxies come from the SDK's standard chain.
 * One connection for each account and region: rate limits, sockets and shared searches belong to it.
 */
export function connectAws(target: AwsTarget, hooks: CallHooks, clock: Clock): AwsConnection {
  const { accountId, region, assumeRole } = target;
  const requestHandler = {
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    // Without it the SDK only writes a warning.
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 50 },
    httpsAgent: { keepAlive: true, maxSockets: 50 },
  };
  const limiters = {
    sts: new Limiter(clock),
    ec2: new Limiter(clock),
    rds: new Limiter(clock),
    elasticache: new Limiter(clock),
    dynamodb: new Limiter(clock),
    autoscaling: new Limiter(clock),
    secrets: new Limiter(clock),
    s3: new Limiter(clock),
    logs: new Limiter(clock),
    kms: new Limiter(clock),
    iam: new Limiter(clock),
    tagging: new Limiter(clock),
  };
  const stsCalls = { hooks, clock, limiter: limiters.sts };
  const plugin = callPlugin<object, object>('sts', stsCalls);
  const credentials = assumeRole && credentialsOfRole(assumeRole, { region, requestHandler, plugin }, clock);
  const config = {
    region,
    requestHandler,
    // Retries are our own: calls/retry.ts says why.
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  };

  const sts = new STSClient(config);
  sts.middlewareStack.use(callPlugin('sts', stsCalls));
  const checkAccount = accountCheck(sts, accountId);
  const calls = { hooks, clock, beforeCall: checkAccount };

  const ec2 = new EC2Client(config);
  ec2.middlewareStack.use(callPlugin('ec2', { ...calls, limiter: limiters.ec2 }));
  const rds = new RDSClient(config);
  rds.middlewareStack.use(callPlugin('rds', { ...calls, limiter: limiters.rds }));
  const elasticache = new ElastiCacheClient(config);
  elasticache.middlewareStack.use(callPlugin('elasticache', { ...calls, limiter: limiters.elasticache }));
  const dynamodb = new DynamoDBClient(config);
  dynamodb.middlewareStack.use(callPlugin('dynamodb', { ...calls, limiter: limiters.dynamodb }));
  const autoscaling = new ApplicationAutoScalingClient(config);
  autoscaling.middlewareStack.use(callPlugin('autoscaling', { ...calls, limiter: limiters.autoscaling }));
  const secrets = new SecretsManagerClient(config);
  secrets.middlewareStack.use(callPlugin('secrets', { ...calls, limiter: limiters.secrets }));
  const logs = new CloudWatchLogsClient(config);
  logs.middlewareStack.use(callPlugin('logs', { ...calls, limiter: limiters.logs }));
  const s3 = new S3Client(config);
  s3.middlewareStack.use(callPlugin('s3', { ...calls, limiter: limiters.s3 }));
  const kms = new KMSClient(config);
  kms.middlewareStack.use(callPlugin('kms', { ...calls, limiter: limiters.kms }));
  const iam = new IAMClient(config);
  iam.middlewareStack.use(callPlugin('iam', { ...calls, limiter: limiters.iam }));
  const tagging = new ResourceGroupsTaggingAPIClient(config);
  tagging.middlewareStack.use(callPlugin('tagging', { ...calls, limiter: limiters.tagging }));

  const clients = { ec2, rds, elasticache, dynamodb, autoscaling, secrets, s3, logs, kms, iam, tagging };
  return {
    aws: { account: accountId, region, ...clients },
    limiters,
    checkAccount,
    close() {
      for (const client of [sts, ...Object.values(clients)]) client.destroy();
    },
  };
}
