import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parsePolicy, type PolicyDocument } from '../../../reconcilers/aws/policy-document.ts';
import { allows, type Request } from './policy-evaluation.ts';

const page = await readFile(new URL('../../../docs/permissions.md', import.meta.url), 'utf8');
const policy = parsePolicy(/```json\n([\s\S]*?)```/.exec(page)?.[1]) ?? raise('The page has no policy');

const [account, region] = ['123456789012', 'us-east-1'];
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const ours = { 'aws:ResourceTag/ManagedBy': 'fintech-controller' };
const asOurs = { 'aws:RequestTag/ManagedBy': 'fintech-controller' };

const name = 'production-fintech-api';
const bucket = `arn:aws:s3:::${name}-access-logs-${account}-${region}`;
const logGroup = arn('logs', 'log-group:/ecs/production/fintech-api');
const role = (of: string): string => `arn:aws:iam::${account}:role/fintech.global/${of}`;
const passedTo = (service: string) => ({ 'iam:PassedToService': `${service}.amazonaws.com` });

const balancer = arn(
  'elasticloadbalancing',
  'loadbalancer/app/production-fintech-api-public/0123456789abcdef',
);
const cluster = arn('ecs', `cluster/${name}-cluster`);
const service = arn('ecs', `service/${name}-cluster/${name}-service`);

type Row = readonly [action: string, resource: string, context?: Request['context']];

const requests = (...rows: readonly Row[]): readonly Request[] =>
  rows.map(([action, resource, context = {}]) => ({ action, resource, context }));

describe('With the policy of the page the controller', () => {
  test.each(
    requests(
      ['s3:CreateBucket', bucket],
      ['s3:PutBucketPolicy', bucket],
      ['s3:PutLifecycleConfiguration', bucket],
      ['s3:DeleteBucket', bucket],
      ['s3:DeleteObjectVersion', `${bucket}/AWSLogs/${account}/log`],
      ['logs:CreateLogGroup', `${logGroup}:*`],
      ['logs:PutRetentionPolicy', `${logGroup}:*`],
      ['logs:DeleteLogGroup', `${logGroup}:*`],
      ['logs:TagResource', logGroup],
      ['iam:PassRole', role(`ApiService/${name}-task-role`), passedTo('ecs-tasks')],
      ['iam:PutRolePolicy', role(`ApiService/${name}-task-role`)],
      ['ecr:CreateRepository', arn('ecr', 'repository/fintech-api'), asOurs],
      ['ecr:DeleteRepository', arn('ecr', 'repository/fintech-api'), ours],
      ['elasticloadbalancing:CreateLoadBalancer', balancer, asOurs],
      ['elasticloadbalancing:DeleteLoadBalancer', balancer, ours],
      ['wafv2:AssociateWebACL', balancer, ours],
      ['ecs:CreateCluster', '*', asOurs],
      ['ecs:CreateService', service, asOurs],
      ['ecs:UpdateService', service, ours],
      ['ecs:DeleteService', service, ours],
      ['ecs:DeleteCluster', cluster, ours],
      ['ecs:RegisterTaskDefinition', '*', asOurs],
      ['ecs:DeregisterTaskDefinition', '*'],
      [
        'application-autoscaling:RegisterScalableTarget',
        arn('application-autoscaling', 'scalable-target/1'),
        asOurs,
      ],
      ['cloudwatch:PutMetricAlarm', arn('cloudwatch', `alarm:${name}-alarm-cpu`), asOurs],
      ['cloudwatch:DeleteDashboards', `arn:aws:cloudwatch::${account}:dashboard/${name}-dashboard`, ours],
      ['sns:CreateTopic', arn('sns', `${name}-alarms`), asOurs],
      ['secretsmanager:CreateSecret', arn('secretsmanager', 'secret:fintech/api-keys'), asOurs],
      ['secretsmanager:RestoreSecret', arn('secretsmanager', 'secret:fintech/api-keys-AbCdEf'), ours],
      ['kms:CreateKey', '*'],
      ['kms:ScheduleKeyDeletion', arn('kms', 'key/1'), ours],
    ),
  )('may do for a service what it has to: $action', (request) => {
    expect(allows([policy], request)).toBe(true);
  });

  test.each(
    requests(
      ['s3:DeleteBucket', 'arn:aws:s3:::somebody-elses'],
      ['s3:PutBucketPolicy', `arn:aws:s3:::other-access-logs-210987654321-${region}`],
      ['s3:DeleteObjectVersion', 'arn:aws:s3:::somebody-elses/object'],
      ['logs:DeleteLogGroup', arn('logs', 'log-group:/aws/lambda/other:*')],
      ['logs:GetLogEvents', `${logGroup}:log-stream:ecs/app/1`],
      ['iam:PassRole', role(`ApiService/${name}-task-role`), passedTo('ec2')],
      ['iam:PassRole', role('DataLake/production-lake-replication'), passedTo('ecs-tasks')],
      ['iam:PassRole', `arn:aws:iam::${account}:role/admin`, passedTo('ecs-tasks')],
      ['iam:PutRolePolicy', `arn:aws:iam::${account}:role/admin`],
      ['ecr:DeleteRepository', arn('ecr', 'repository/other')],
      ['ecr:BatchDeleteImage', arn('ecr', 'repository/fintech-api'), ours],
      ['elasticloadbalancing:DeleteLoadBalancer', balancer],
      ['ecs:UpdateService', service],
      ['ecs:CreateCluster', '*'],
      ['ecs:ExecuteCommand', service, ours],
      ['ecs:RunTask', '*', ours],
      ['cloudwatch:DeleteAlarms', arn('cloudwatch', 'alarm:other')],
      ['sns:Publish', arn('sns', `${name}-alarms`), ours],
      ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:other-AbCdEf')],
      ['secretsmanager:DeleteSecret', arn('secretsmanager', 'secret:other-AbCdEf')],
      ['kms:ScheduleKeyDeletion', arn('kms', 'key/1')],
    ),
  )('may not do to others what it need not: $action on $resource', (request) => {
    expect(allows([policy], request)).toBe(false);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: without white space. */
test('The policy is split where the page says into policies that AWS takes', () => {
  const [, said = ''] = /make several of it, split at (.*?)\.\n/.exec(page) ?? [];
  const cuts = [...said.matchAll(/`(\w+)`/g)].map(([, sid = '']) => sid);
  expect(cuts.length).toBeGreaterThan(1);
  const starts = [0, ...cuts.map((sid) => policy.Statement.findIndex(({ Sid }) => Sid === sid))];
  expect(starts).toEqual(starts.toSorted((one, other) => one - other));
  expect(starts).not.toContain(-1);
  const sizes = starts.map((start, index) => sizeOf(policy.Statement.slice(start, starts[index + 1])));
  expect(sizes.filter((size) => size > 6144)).toEqual([]);
});

test('Statements are named, and each once', () => {
  const names = policy.Statement.map(({ Sid }) => Sid);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test('Every statement that the text names is there', () => {
  const text = page.replaceAll(/```[\s\S]*?```/g, '').split('## Calls')[0] ?? '';
  const named = [...text.matchAll(/`([A-Z][A-Za-z]+)`/g)]
    .map(([, sid]) => sid)
    .filter((one) => one !== 'Observe');
  const names = new Set(policy.Statement.map(({ Sid }) => Sid));
  expect(
    named.filter((one) => !names.has(one) && !['ManagedBy', 'AccessDenied'].includes(one ?? '')),
  ).toEqual([]);
});

function sizeOf(Statement: PolicyDocument['Statement']): number {
  return JSON.stringify({ Version: '2012-10-17', Statement }).length;
}

function raise(message: string): never {
  throw new Error(message);
}
