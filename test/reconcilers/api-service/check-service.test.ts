import { expect, test } from 'vitest';
import { problemsAfter, worker, type Edits } from './checked.ts';

const providers = '{FARGATE: {base: 1, weight: 1}, FARGATE_SPOT: {weight: 2}}';

test.each<readonly [string, Edits, readonly string[]]>([
  [
    'more tasks at least than at most',
    { '{min: 2, max: 6}': '{min: 7, max: 6}' },
    ['replicas.min: 7 is more than max, which is 6'],
  ],
  [
    'autoscaling from nothing',
    { '{min: 2, max: 6}': '{min: 0, max: 6}', 'maximumPercent: 150': 'maximumPercent: 200' },
    [
      'replicas.min: 0 only with max: 0: where no task runs there is nothing to measure, so none is ever added',
    ],
  ],
  [
    'bounds that nothing chooses between',
    { 'targetCpuPercent: 70, targetRequestsPerMinute: 1000': '' },
    ['autoscaling: nothing says when there are 6 tasks; give a target, like targetCpuPercent: 70'],
  ],
  [
    'requests of a worker as a target',
    { ...worker, 'targetCpuPercent: 70': 'targetCpuPercent: 70, targetRequestsPerMinute: 1000' },
    ['autoscaling.targetRequestsPerMinute: only with ingress: it is the load balancer that counts requests'],
  ],
  [
    'half a second between two removals',
    { 'targetCpuPercent: 70': 'targetCpuPercent: 70, scaleInCooldown: 0.5s' },
    ['autoscaling.scaleInCooldown: 0.5s is not a whole number of seconds'],
  ],
  [
    'two bases',
    { [providers]: '{FARGATE: {base: 1, weight: 1}, FARGATE_SPOT: {base: 1, weight: 2}}' },
    ['capacityProviders: only one of FARGATE and FARGATE_SPOT can have a base'],
  ],
  [
    'a base without a weight',
    { [providers]: '{FARGATE: {base: 1}, FARGATE_SPOT: {weight: 2}}' },
    ['capacityProviders.FARGATE.base: a base needs a weight: ECS places no task where it is 0'],
  ],
  [
    'no weight at all',
    { [providers]: '{FARGATE: {base: 1}}' },
    ['capacityProviders: none has a weight, so no task would run; give FARGATE or FARGATE_SPOT weight: 1'],
  ],
  [
    'an unknown capacity provider',
    { [providers]: '{FARGATE_SPOTS: {weight: 1}}' },
    ['capacityProviders.FARGATE_SPOTS: unknown field; did you mean FARGATE_SPOT?'],
  ],
  [
    'a deployment that can neither start nor stop a task',
    { 'minimumHealthyPercent: 50, maximumPercent: 150': 'minimumHealthyPercent: 100, maximumPercent: 100' },
    [
      'deployment.maximumPercent: with 2 tasks and minimumHealthyPercent: 100 no deployment gets ahead: none can be started before another stops, and none stopped',
    ],
  ],
  [
    'a deployment that rounding keeps from starting the second task of one',
    {
      '{min: 2, max: 6}': '{min: 1, max: 6}',
      'minimumHealthyPercent: 50': 'minimumHealthyPercent: 60',
    },
    [
      'deployment.maximumPercent: with 1 task and minimumHealthyPercent: 60 no deployment gets ahead: none can be started before another stops, and none stopped',
    ],
  ],
  [
    'a health check that is not over before the next',
    { 'path: /health,': 'path: /health, interval: 10s, timeout: 10s,' },
    ['healthCheck.timeout: 10s is not less than interval, which is 10s'],
  ],
  [
    'health checks that the load balancer does not do',
    { 'path: /health,': 'path: health, interval: 10m, timeout: 1s,' },
    ['healthCheck.path: expected a path, like /health, found the text "health"'],
  ],
  [
    'times of health checks that the load balancer does not take',
    { 'path: /health,': 'interval: 10m, timeout: 1s, gracePeriod: 0.1s,' },
    [
      'healthCheck.gracePeriod: 0.1s is not a whole number of seconds',
      'healthCheck.interval: 10m is not from 5s to 5m',
      'healthCheck.timeout: 1s is not from 2s to 2m',
    ],
  ],
  [
    'status codes that end before they begin',
    { '200-299,301': '299-200' },
    ['healthCheck.successCodes: 299-200 ends before it begins'],
  ],
  [
    'status codes that are no success to a load balancer',
    { '200-299,301': '500' },
    [
      'healthCheck.successCodes: expected HTTP status codes in quotes, like "200", "200,204" or "200-299", found the text "500"',
    ],
  ],
  [
    'times that a load balancer does not take',
    { 'internet-facing': 'internet-facing\n    idleTimeout: 2h\n    deregistrationDelay: 61m' },
    [
      'ingress.deregistrationDelay: 61m is not from 0s to 1h',
      'ingress.idleTimeout: 2h is not from 1s to 1h6m40s',
    ],
  ],
  [
    'a certificate of another region',
    { 'acm:eu-central-1': 'acm:us-east-1' },
    [
      'ingress.certificateArn: the certificate is in us-east-1, but a load balancer in eu-central-1 needs one of that region',
    ],
  ],
  [
    'a certificate of another account',
    { 'acm:eu-central-1:123456789012': 'acm:eu-central-1:999999999999' },
    [
      "ingress.certificateArn: the certificate is in account 999999999999, but the Environment's is 123456789012",
    ],
  ],
  [
    'rules that need settings',
    { AWSManagedRulesCommonRuleSet: 'AWSManagedRulesATPRuleSet' },
    [
      'ingress.waf.managedRules[0]: AWSManagedRulesATPRuleSet needs to know pages or levels of the service, which cannot be given here',
    ],
  ],
  [
    'rules that are not AWS’s',
    { AWSManagedRulesCommonRuleSet: 'AWSManagedRulesCommonRuleset' },
    [
      'ingress.waf.managedRules[0]: expected a managed rule group of AWS, like AWSManagedRulesCommonRuleSet, found the text "AWSManagedRulesCommonRuleset"',
    ],
  ],
  [
    'countries that do not exist',
    { '[KP]': '[UK, ZZ]' },
    [
      'ingress.waf.blockedCountries[0]: UK is no country in ISO 3166; did you mean GB?',
      'ingress.waf.blockedCountries[1]: ZZ is no country in ISO 3166',
    ],
  ],
  [
    'a retention that CloudWatch does not have',
    { 'retentionDays: 30': 'retentionDays: 100' },
    [
      'logs.retentionDays: CloudWatch Logs does not keep logs for 100 days; the nearest that it does: 90, 120',
    ],
  ],
  [
    'a log group of AWS',
    { '/ecs/api': 'aws/api' },
    ["logs.groupName: aws/api: names that begin with aws/ are AWS's own"],
  ],
  [
    'a topic of another region',
    { 'sns:eu-central-1': 'sns:us-east-1' },
    ['alarms.notify: the topic is in us-east-1, but alarms in eu-central-1 tell topics of that region only'],
  ],
  [
    'all actions',
    { '[s3:GetObject]': '["*"]' },
    ['permissions[1].actions[0]: * is everything; name the actions that are needed'],
  ],
  [
    'all actions of a service',
    { '[s3:GetObject]': '["s3:*"]' },
    ['permissions[1].actions[0]: s3:* is everything that s3 can do; name the actions that are needed'],
  ],
  [
    'all resources for an action that can be limited',
    { 'cloudwatch:PutMetricData': 'cloudwatch:PutMetricData, dynamodb:GetItem' },
    [
      'permissions[0].resources[0]: dynamodb:GetItem can be limited to resources; name those that are needed in place of *',
    ],
  ],
  [
    'all objects of all buckets',
    { 'arn:aws:s3:::reports/*': 'arn:aws:s3:::*/*' },
    [
      'permissions[1].resources[0]: s3:GetObject can be limited to resources; name those that are needed in place of arn:aws:s3:::*/*',
    ],
  ],
  [
    'all resources in other words',
    { 'arn:aws:s3:::reports/*': 'arn:aws:s3:::*' },
    [
      'permissions[1].resources[0]: s3:GetObject can be limited to resources; name those that are needed in place of arn:aws:s3:::*',
    ],
  ],
])('Of a service is refused: %s', (_, edits, problems) => {
  expect(problemsAfter(edits)).toEqual(problems);
});
