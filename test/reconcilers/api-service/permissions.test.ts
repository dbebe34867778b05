import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../../reconcilers/aws/policy-document.ts';
import { allows, type Request } from './policy-evaluation.ts';
import { arnOfSecret, keyPolicyOf, mayUseKey, policyIn, roleInAws, type RoleInAws } from './roles-in-aws.ts';
import { ServiceLife } from './service-life.ts';
import { serviceKey } from './service.ts';
import { withPart } from './wanted.ts';

const [account, region] = ['123456789012', 'us-east-1'];
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const own = { image: 'fintech-api', group: '/ecs/production/fintech-api' };
const stream = (group: string): string =>
  arn('logs', `log-group:${group}:log-stream:ecs/app/0123456789abcdef`);
const repository = (name: string): string => arn('ecr', `repository/${name}`);

let life: ServiceLife;
let task: RoleInAws;
let execution: RoleInAws;
/** ARNs by name. */
let secrets: Readonly<Record<string, string>>;
let databaseKey: string;
let otherKey: string;
let keyPolicy: PolicyDocument;

/** Somebody else's, called nearly as those of the service. */
const ofOthers = [
  'fintech/api-keys-backup',
  'fintech/api-key',
  'fintech/other',
  'production/fintech/api-keys',
];
const ofService = [
  'fintech/api-keys',
  'fintech/encryption-key',
  'fintech/db-credentials',
  'fintech/redis-auth',
];

beforeAll(async () => {
  life = await ServiceLife.start();
  const { clients } = life;
  await life.change(withPart('alarms', { notify: undefined }));
  for (const Name of ofOthers)
    await clients.secrets.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
  otherKey = (await clients.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  task = await roleInAws(clients, 'production-fintech-api-task-role');
  execution = await roleInAws(clients, 'production-fintech-api-execution-role');
  const names = [...ofService, ...ofOthers];
  const arns = names.map(async (name) => [name, await arnOfSecret(clients, name)] as const);
  secrets = Object.fromEntries(await Promise.all(arns));
  databaseKey = String(life.controller.record('LedgerDatabase/production/ledger').status['kmsKeyArn']);
  keyPolicy = await keyPolicyOf(clients, databaseKey);
});

afterAll(() => life.stop());

const through = (service: string) => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
  'kms:CallerAccount': account,
});
const read = (name: string): Request => ({
  action: 'secretsmanager:GetSecretValue',
  resource: secrets[name] ?? '',
});
const decrypt = (resource: string, context: Request['context'] = through('secretsmanager')): Request => ({
  action: 'kms:Decrypt',
  resource,
  context: { ...context },
});

/** What neither role has to do with, in the account and in the network and the database that the service uses. */
const foreign: readonly (readonly [string, string])[] = [
  ['secretsmanager:ListSecrets', '*'],
  ['secretsmanager:PutSecretValue', arn('secretsmanager', 'secret:fintech/api-keys-AbCdEf')],
  ['secretsmanager:DeleteSecret', arn('secretsmanager', 'secret:fintech/api-keys-AbCdEf')],
  ['secretsmanager:DescribeSecret', arn('secretsmanager', 'secret:fintech/api-keys-AbCdEf')],
  ['kms:Encrypt', arn('kms', 'key/any')],
  ['kms:ScheduleKeyDeletion', arn('kms', 'key/any')],
  ['ec2:DescribeVpcs', '*'],
  ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group/sg-1')],
  ['rds:DescribeDBClusters', arn('rds', 'cluster:production-ledger-cluster')],
  ['rds:ModifyDBCluster', arn('rds', 'cluster:production-ledger-cluster')],
  ['rds-db:connect', arn('rds-db', 'dbuser:cluster-ABC/fintechadmin')],
  ['elasticache:DescribeReplicationGroups', arn('elasticache', 'replicationgroup:production-ledger-cache')],
  ['dynamodb:GetItem', arn('dynamodb', 'table/production-ledger-table-sessions')],
  ['s3:GetObject', `arn:aws:s3:::production-fintech-api-access-logs-${account}-${region}/AWSLogs/x`],
  ['iam:PassRole', `arn:aws:iam::${account}:role/fintech.global/ApiService/any`],
  ['iam:GetRole', `arn:aws:iam::${account}:role/fintech.global/ApiService/any`],
  ['sts:AssumeRole', `arn:aws:iam::${account}:role/fintech.global/ApiService/any`],
  ['ecs:UpdateService', arn('ecs', 'service/production-fintech-api-cluster/production-fintech-api-service')],
  ['ecr:PutImage', repository(own.image)],
  ['ecr:DescribeImages', repository(own.image)],
  ['logs:CreateLogGroup', arn('logs', `log-group:${own.group}`)],
  ['logs:DeleteLogGroup', arn('logs', `log-group:${own.group}`)],
  ['logs:GetLogEvents', stream(own.group)],
  ['sns:Publish', arn('sns', 'production-fintech-api-alarms')],
  ['ssmmessages:CreateControlChannel', '*'],
];

describe('The task role', () => {
  test('reads the secrets of the service and the credentials of its database', () => {
    expect(ofService.filter((name) => allows(task.policies, read(name)))).toEqual(ofService);
    expect(mayUseKey(task, keyPolicy, decrypt(databaseKey))).toBe(true);
  });

  test('reads no secret of anybody else, however like one of its own it is called', () => {
    expect(ofOthers.filter((name) => allows(task.policies, read(name)))).toEqual([]);
  });

  test('decrypts with the key of these secrets alone, and only what Secrets Manager reads', () => {
    expect(allows(task.policies, decrypt(otherKey))).toBe(false);
    for (const service of ['s3', 'rds', 'sns'])
      expect(mayUseKey(task, keyPolicy, decrypt(databaseKey, through(service)))).toBe(false);
    expect(mayUseKey(task, keyPolicy, decrypt(databaseKey, {}))).toBe(false);
  });

  test('does what the manifest says itself, and sends traces', () => {
    const everywhere = { resource: '*' };
    expect(allows(task.policies, { action: 'cloudwatch:PutMetricData', ...everywhere })).toBe(true);
    expect(allows(task.policies, { action: 'xray:PutTraceSegments', ...everywhere })).toBe(true);
    expect(allows(task.policies, { action: 'xray:GetTraceSummaries', ...everywhere })).toBe(false);
    expect(allows(task.policies, { action: 'cloudwatch:GetMetricData', ...everywhere })).toBe(false);
  });

  test.each<readonly [string, string]>([
    ...foreign,
    ['ecr:GetAuthorizationToken', '*'],
    ['ecr:BatchGetImage', repository(own.image)],
    ['logs:PutLogEvents', stream(own.group)],
  ])('does nothing else: %s', (action, resource) => {
    expect(allows(task.policies, { action, resource })).toBe(false);
  });
});

describe('The execution role', () => {
  test('pulls from the repository of the service, and from no other', () => {
    expect(allows(execution.policies, { action: 'ecr:GetAuthorizationToken', resource: '*' })).toBe(true);
    for (const action of [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    ]) {
      const pulls = (name: string) => allows(execution.policies, { action, resource: repository(name) });
      expect(['fintech-api', 'fintech-api-other', 'other'].map(pulls)).toEqual([true, false, false]);
    }
  });

  test('writes to the log group of the service, and to no other', () => {
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
      const writes = (group: string) => allows(execution.policies, { action, resource: stream(group) });
      expect([own.group, `${own.group}-other`, '/ecs/production/other'].map(writes)).toEqual([
        true,
        false,
        false,
      ]);
    }
  });

  test('reads exactly the secrets that containers get when they start', () => {
    const readable = Object.keys(secrets).filter((name) => allows(execution.policies, read(name)));
    expect(readable.toSorted()).toEqual(['fintech/api-keys', 'fintech/db-credentials', 'fintech/redis-auth']);
    expect(mayUseKey(execution, keyPolicy, decrypt(databaseKey))).toBe(true);
    expect(allows(execution.policies, decrypt(otherKey))).toBe(false);
    expect(allows(execution.policies, decrypt(databaseKey, {}))).toBe(false);
  });

  test.each<readonly [string, string]>([
    ...foreign,
    ['cloudwatch:PutMetricData', '*'],
    ['xray:PutTraceSegments', '*'],
  ])('does nothing else: %s', (action, resource) => {
    expect(allows(execution.policies, { action, resource })).toBe(false);
  });
});

test.each<readonly [string, string, Request['context'], boolean]>([
  ['tasks of this account and region', 'ecs-tasks.amazonaws.com', {}, true],
  ['tasks of another account', 'ecs-tasks.amazonaws.com', { 'aws:SourceAccount': '210987654321' }, false],
  [
    'tasks of another region',
    'ecs-tasks.amazonaws.com',
    { 'aws:SourceArn': `arn:aws:ecs:eu-west-1:${account}:task/any` },
    false,
  ],
  ['somebody of the account', `arn:aws:iam::${account}:role/admin`, {}, false],
  ['another service', 'ec2.amazonaws.com', {}, false],
])('Both roles are for %s: %#', (_, principal, differing, expected) => {
  const usual = { 'aws:SourceAccount': account, 'aws:SourceArn': arn('ecs', 'task/any') };
  const assume = { action: 'sts:AssumeRole', resource: '', principal, context: { ...usual, ...differing } };
  for (const { trust } of [task, execution]) {
    expect(allows([trust], assume)).toBe(expected);
    expect(allows([trust], { ...assume, context: {} })).toBe(false);
  }
});

const alarms = 'cloudwatch.amazonaws.com';
const strangers: Readonly<Record<string, readonly [principal: string, account?: string]>> = {
  'alarms of the account': [alarms, account],
  'alarms of another account': [alarms, '210987654321'],
  'alarms of nobody knows whom': [alarms],
  'another service': ['sns.amazonaws.com', account],
  logs: [`logs.${region}.amazonaws.com`, account],
  tasks: ['ecs-tasks.amazonaws.com', account],
  'a role of another account': ['arn:aws:iam::210987654321:role/theirs', account],
};

/** Which of these a policy of a resource lets do it. */
function strangersWhoMay(policy: PolicyDocument, action: string, resource: string): readonly string[] {
  return Object.entries(strangers).flatMap(([who, [principal, source]]) => {
    const context: Request['context'] = source === undefined ? {} : { 'aws:SourceAccount': source };
    return allows([policy], { action, resource, principal, context }) ? who : [];
  });
}

describe('Of all that are not of the account alarms of the account alone', () => {
  const alarmsOnly = ['alarms of the account'];

  test('use the key of the database', () => {
    expect(strangersWhoMay(keyPolicy, 'kms:Decrypt', databaseKey)).toEqual(alarmsOnly);
    expect(strangersWhoMay(keyPolicy, 'kms:GenerateDataKey', databaseKey)).toEqual(alarmsOnly);
    expect(strangersWhoMay(keyPolicy, 'kms:PutKeyPolicy', databaseKey)).toEqual([]);
  });

  test('publish to the topic', async () => {
    const TopicArn = arn('sns', 'production-fintech-api-alarms');
    const { Attributes = {} } = await life.clients.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const policy = policyIn(Attributes['Policy']);
    expect(strangersWhoMay(policy, 'sns:Publish', TopicArn)).toEqual(alarmsOnly);
    expect(strangersWhoMay(policy, 'sns:Subscribe', TopicArn)).toEqual([]);
  });

  test('use the key of a service that has no database', async () => {
    await life.change({ ...withPart('alarms', { notify: undefined }), databaseRef: undefined });
    const { resources } = life.controller.record(serviceKey).status;
    const key = resources.find(({ node }) => node === 'key')?.id ?? '';
    const policy = await keyPolicyOf(life.clients, key);
    expect(strangersWhoMay(policy, 'kms:Decrypt', key)).toEqual(alarmsOnly);
    const alone = await roleInAws(life.clients, 'production-fintech-api-task-role');
    expect(mayUseKey(alone, policy, decrypt(arn('kms', `key/${key}`)))).toBe(true);
    expect(allows(alone.policies, decrypt(databaseKey))).toBe(false);
    expect(allows(alone.policies, read('fintech/db-credentials'))).toBe(false);
  });
});
