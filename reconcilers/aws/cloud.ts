import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSClient } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import type { MiddlewareStack } from '@smithy/types';
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
  readonly clock: Clock;
  readonly ec2: EC2Client;
  readonly rds: RDSClient;
  readonly elasticache: ElastiCacheClient;
  readonly dynamodb: DynamoDBClient;
  readonly autoscaling: ApplicationAutoScalingClient;
  readonly secrets: SecretsManagerClient;
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly waf: WAFV2Client;
  readonly cloudwatch: CloudWatchClient;
  readonly sns: SNSClient;
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
    ecr: new Limiter(clock),
    ecs: new Limiter(clock),
    elb: new Limiter(clock),
    waf: new Limiter(clock),
    cloudwatch: new Limiter(clock),
    sns: new Limiter(clock),
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

  const clients = {
    ec2: new EC2Client(config),
    rds: new RDSClient(config),
    elasticache: new ElastiCacheClient(config),
    dynamodb: new DynamoDBClient(config),
    autoscaling: new ApplicationAutoScalingClient(config),
    secrets: new SecretsManagerClient(config),
    ecr: new ECRClient(config),
    ecs: new ECSClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    waf: new WAFV2Client(config),
    cloudwatch: new CloudWatchClient(config),
    sns: new SNSClient(config),
    s3: new S3Client(config),
    logs: new CloudWatchLogsClient(config),
    kms: new KMSClient(config),
    iam: new IAMClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
  };
  const watch = <Input extends object, Output extends object>(
    service: keyof typeof clients,
    { middlewareStack }: { readonly middlewareStack: MiddlewareStack<Input, Output> },
  ): void =>
    middlewareStack.use(callPlugin<Input, Output>(service, { ...calls, limiter: limiters[service] }));
  watch('ec2', clients.ec2);
  watch('rds', clients.rds);
  watch('elasticache', clients.elasticache);
  watch('dynamodb', clients.dynamodb);
  watch('autoscaling', clients.autoscaling);
  watch('secrets', clients.secrets);
  watch('ecr', clients.ecr);
  watch('ecs', clients.ecs);
  watch('elb', clients.elb);
  watch('waf', clients.waf);
  watch('cloudwatch', clients.cloudwatch);
  watch('sns', clients.sns);
  watch('s3', clients.s3);
  watch('logs', clients.logs);
  watch('kms', clients.kms);
  watch('iam', clients.iam);
  watch('tagging', clients.tagging);
  return {
    aws: { account: accountId, region, clock, ...clients },
    limiters,
    checkAccount,
    close() {
      for (const client of [sts, ...Object.values(clients)]) client.destroy();
    },
  };
}
