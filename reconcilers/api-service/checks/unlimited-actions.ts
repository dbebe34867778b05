/**
 * Actions that cannot be limited to a resource, by service: those without a resource type in the tables of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * Not all there are, but those that programs are likely to need.
 */
const byService: Readonly<Record<string, readonly string[]>> = {
  cloudwatch: ['GetMetricData', 'GetMetricStatistics', 'ListMetrics', 'PutMetricData'],
  comprehend: ['BatchDetectSentiment', 'DetectDominantLanguage', 'DetectSentiment'],
  dynamodb: ['DescribeLimits', 'ListTables'],
  ec2: [
    'DescribeAvailabilityZones',
    'DescribeInstances',
    'DescribeNetworkInterfaces',
    'DescribeRegions',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeVpcs',
  ],
  ecr: ['GetAuthorizationToken'],
  kms: ['GenerateRandom', 'ListAliases', 'ListKeys'],
  rekognition: ['DetectFaces', 'DetectLabels', 'DetectText'],
  s3: ['ListAllMyBuckets'],
  secretsmanager: ['BatchGetSecretValue', 'GetRandomPassword', 'ListSecrets'],
  sns: ['ListTopics'],
  sqs: ['ListQueues'],
  ssm: ['DescribeParameters'],
  ssmmessages: ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'],
  sts: ['GetCallerIdentity', 'GetSessionToken'],
  tag: ['GetResources', 'GetTagKeys', 'GetTagValues'],
  textract: ['DetectDocumentText'],
  xray: [
    'GetSamplingRules',
    'GetSamplingStatisticSummaries',
    'GetSamplingTargets',
    'PutTelemetryRecords',
    'PutTraceSegments',
  ],
};

const actions = new Set(
  Object.entries(byService).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`.toLowerCase()),
  ),
);

/** IAM does not tell capitals from small letters in actions. */
export function cannotBeLimited(action: string): boolean {
  return actions.has(action.toLowerCase());
}
