import { describe, expect, test } from 'vitest';
import { assemble } from '../../../controller/manifests/assemble.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';
import { rules } from '../../product.ts';

/** Replacements in the manifest below: each text by another. */
type Edits = Readonly<Record<string, string>>;

const environment = `apiVersion: fintech.global/v1alpha1
kind: Environment
metadata: {name: staging}
spec:
  aws: {accountId: "123456789012", region: eu-central-1}
  tags: {Environment: Staging, Project: FinTechGlobal, CostCenter: CC-1, Owner: platform, DataClassification: Internal}
`;

const network = `apiVersion: fintech.global/v1alpha1
kind: FintechNetwork
metadata: {name: core, namespace: staging}
spec:
  cidr: 10.1.0.0/16
  availabilityZones: [eu-central-1a, eu-central-1b]
  subnets:
    public: [10.1.1.0/24, 10.1.2.0/24]
    app: [10.1.11.0/24, 10.1.12.0/24]
    data: [10.1.21.0/24, 10.1.22.0/24]
  natGateways: Single
  endpoints: {gateway: [s3], interface: [ecr.api, logs]}
  ports: {app: 8080, database: 5432, cache: 6379}
  ingressCidrs: [192.0.2.0/24]
  flowLogs: {destination: CloudWatch, retentionDays: 7}
  transitGateway: {id: tgw-0123456789abcdef0, routes: [10.0.0.0/8, 192.168.0.0/16]}
`;

/** What `validate` says of these files besides a faultless Environment. */
function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const all = { 'environment.yaml': environment, ...files };
  const contents = Object.entries(all).map(([file, text]) => ({ file, bytes: Buffer.from(text) }));
  return assemble(contents, rules).problems.map((problem) => formatProblem(problem));
}

function edited(edits: Edits): string {
  return Object.entries(edits).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the manifest does not hold ${from}`);
    return text.replace(from, to);
  }, network);
}

/** Another network of the same Environment. */
function second(edits: Edits): string {
  return edited({ 'name: core': 'name: second', ...edits });
}

/** Problems without the object's name, which is always the same. */
function problemsAfter(edits: Edits): readonly string[] {
  return problemsOf({ 'core.yaml': edited(edits) }).map((problem) =>
    problem.replace(' FintechNetwork/staging/core: spec.', ' '),
  );
}

test('A network without mistakes has no problem', () => {
  expect(problemsAfter({})).toEqual([]);
});

describe('Refused, with the place', () => {
  test.each<readonly [string, Edits, readonly string[]]>([
    [
      'an address instead of a network',
      { 'cidr: 10.1.0.0/16': 'cidr: 10.1.0.1/16' },
      ['core.yaml:5:9: cidr: 10.1.0.1/16 is an address in 10.1.0.0/16 and no network; is 10.1.0.0/16 meant?'],
    ],
    [
      'text that is no network',
      { 'cidr: 10.1.0.0/16': 'cidr: ten' },
      ['core.yaml:5:9: cidr: expected an IPv4 network, like 10.0.0.0/16, found the text "ten"'],
    ],
    [
      'a VPC larger than AWS makes them',
      { 'cidr: 10.1.0.0/16': 'cidr: 10.0.0.0/15', '[10.0.0.0/8, ': '[' },
      ['core.yaml:5:9: cidr: 10.0.0.0/15 is too large: AWS takes /16 to /28'],
    ],
    [
      'a subnet smaller than AWS makes them',
      { '10.1.12.0/24': '10.1.12.0/29' },
      ['core.yaml:9:25: subnets.app[1]: 10.1.12.0/29 is too small: AWS takes /16 to /28'],
    ],
    [
      'a subnet outside the VPC',
      { '10.1.22.0/24': '10.2.22.0/24' },
      ["core.yaml:10:26: subnets.data[1]: 10.2.22.0/24 is not inside the network's cidr 10.1.0.0/16"],
    ],
    [
      'subnets that overlap',
      { '10.1.11.0/24': '10.1.0.0/22' },
      ['core.yaml:9:11: subnets.app[0]: 10.1.0.0/22 overlaps 10.1.1.0/24 of subnets.public[0]'],
    ],
    [
      'fewer subnets than zones',
      { 'eu-central-1b]': 'eu-central-1b, eu-central-1c]', '10.1.2.0/24]': '10.1.2.0/24, 10.1.3.0/24]' },
      [
        'core.yaml:9:10: subnets.app: has 2 CIDRs for 3 availability zones; give one for each, in their order',
        'core.yaml:10:11: subnets.data: has 2 CIDRs for 3 availability zones; give one for each, in their order',
      ],
    ],
    [
      'a single zone',
      { ', eu-central-1b]': ']', ', 10.1.2.0/24': '', ', 10.1.12.0/24': '', ', 10.1.22.0/24': '' },
      [
        'core.yaml:6:22: availabilityZones: expected a list of 2 to 3 items, found a list of 1',
        'core.yaml:8:13: subnets.public: expected a list of 2 to 3 items, found a list of 1',
        'core.yaml:9:10: subnets.app: expected a list of 2 to 3 items, found a list of 1',
        'core.yaml:10:11: subnets.data: expected a list of 2 to 3 items, found a list of 1',
      ],
    ],
    [
      'the same zone twice',
      { 'eu-central-1b': 'eu-central-1a' },
      [
        'core.yaml:6:38: availabilityZones[1]: eu-central-1a is named twice; each subnet of a tier needs a zone of its own',
      ],
    ],
    [
      'a zone of another region',
      { 'eu-central-1b': 'us-east-1b' },
      [
        'core.yaml:6:38: availabilityZones[1]: us-east-1b is not in eu-central-1, the region of the Environment',
      ],
    ],
    [
      'a Local Zone',
      { 'eu-central-1b': 'eu-central-1-ham-1a' },
      [
        'core.yaml:6:38: availabilityZones[1]: eu-central-1-ham-1a is a Local Zone or a Wavelength Zone, where NAT gateways and most endpoints are not offered',
      ],
    ],
    [
      'the id of a zone',
      { 'eu-central-1b': 'euc1-az2' },
      [
        'core.yaml:6:38: availabilityZones[1]: euc1-az2 is the id of a zone; write its name, like eu-central-1a',
      ],
    ],
    [
      'a region instead of a zone',
      { 'eu-central-1b': 'eu-central-1' },
      ['core.yaml:6:38: availabilityZones[1]: eu-central-1 is no availability zone, like eu-central-1a'],
    ],
    [
      'the same port twice',
      { 'cache: 6379': 'cache: 5432' },
      ['core.yaml:13:45: ports.cache: 5432 is the port of database already'],
    ],
    [
      'a next port that is the present one',
      { 'app: 8080': 'app: 8080, appNext: 8080' },
      ['core.yaml:13:31: ports.appNext: 8080 is the port of app already'],
    ],
    [
      'a next port that is that of something else',
      { 'app: 8080': 'app: 8080, appNext: 6379' },
      ['core.yaml:13:31: ports.appNext: 6379 is the port of cache already'],
    ],
    [
      'a next port that is none',
      { 'app: 8080': 'app: 8080, appNext: 65536' },
      ['core.yaml:13:31: ports.appNext: expected a whole number from 1 to 65535, found the number 65536'],
    ],
    [
      'clients of no network',
      { '192.0.2.0/24': '192.0.2.7/24' },
      [
        'core.yaml:14:18: ingressCidrs[0]: 192.0.2.7/24 is an address in 192.0.2.0/24 and no network; is 192.0.2.0/24 meant?',
      ],
    ],
    [
      'an endpoint named twice',
      { 'ecr.api, logs': 'logs, logs' },
      ['core.yaml:12:48: endpoints.interface[1]: already in the list as spec.endpoints.interface[0]'],
    ],
    [
      'the full name of a service',
      { 'ecr.api,': 'com.amazonaws.eu-central-1.ecr.api,' },
      ["core.yaml:12:42: endpoints.interface[0]: write ecr.api; the region's part of the name is added"],
    ],
    [
      'a service that has its endpoints in parts',
      { 'ecr.api,': 'ecr,' },
      ['core.yaml:12:42: endpoints.interface[0]: there is no endpoint ecr; write ecr.api and ecr.dkr'],
    ],
    [
      'two spellings of one service',
      { 'ecr.api, logs': 'ecr.api, ecr-api' },
      ['core.yaml:12:51: endpoints.interface[1]: ecr-api and ecr.api cannot both be services'],
    ],
    [
      'an interface endpoint where a gateway endpoint is meant',
      { 'ecr.api,': 's3,' },
      ['core.yaml:12:42: endpoints.interface[0]: s3 goes under endpoints.gateway'],
    ],
    [
      'a route through the transit gateway to a part of the VPC',
      { '192.168.0.0/16': '10.1.128.0/17' },
      [
        "core.yaml:16:68: transitGateway.routes[1]: 10.1.128.0/17 overlaps the network's own cidr 10.1.0.0/16: its traffic would never reach the transit gateway",
      ],
    ],
    [
      'a second default route',
      { '192.168.0.0/16': '0.0.0.0/0' },
      [
        'core.yaml:16:68: transitGateway.routes[1]: 0.0.0.0/0 leads to the NAT gateways already; it needs natGateways: None',
      ],
    ],
    [
      'a route to no network',
      { '192.168.0.0/16': '192.168.0.0/8' },
      [
        'core.yaml:16:68: transitGateway.routes[1]: 192.168.0.0/8 is an address in 192.0.0.0/8 and no network; is 192.0.0.0/8 meant?',
      ],
    ],
    [
      'a retention that CloudWatch Logs does not know',
      { 'retentionDays: 7': 'retentionDays: 10' },
      [
        'core.yaml:15:54: flowLogs.retentionDays: CloudWatch Logs does not keep logs for 10 days; the nearest that it does: 7, 14',
      ],
    ],
    [
      'a bucket that would not be used',
      { 'retentionDays: 7': 'bucketName: flow-logs' },
      ['core.yaml:15:51: flowLogs.bucketName: only with destination: S3'],
    ],
    [
      'S3 without a bucket',
      { 'destination: CloudWatch': 'destination: S3' },
      ['core.yaml:15:27: flowLogs.destination: S3 needs flowLogs.bucketName'],
    ],
  ])('%s', (_, edits, problems) => {
    expect(problemsAfter(edits)).toEqual(problems);
  });
});

describe('Allowed is', () => {
  test.each<readonly [string, Edits]>([
    [
      'a default route through the transit gateway where there is no NAT gateway',
      { '192.168.0.0/16': '0.0.0.0/0', 'natGateways: Single': 'natGateways: None' },
    ],
    [
      'any retention in S3',
      {
        'destination: CloudWatch, retentionDays: 7':
          'destination: S3, bucketName: flow-logs, retentionDays: 10',
      },
    ],
    ['a next port of the app', { 'app: 8080': 'app: 8080, appNext: 9090' }],
    [
      'the largest and the smallest subnet',
      { '10.1.22.0/24': '10.1.22.0/28', '10.1.21.0/24': '10.1.128.0/17' },
    ],
  ])('%s', (_, edits) => {
    expect(problemsAfter(edits)).toEqual([]);
  });
});

describe('Among other objects', () => {
  test('networks of one Environment must not overlap', () => {
    const other = second({ 'cidr: 10.1.0.0/16': 'cidr: 10.1.0.0/17' });
    expect(problemsOf({ 'core.yaml': network, 'second.yaml': other })).toEqual([
      'core.yaml:5:9: FintechNetwork/staging/core: spec.cidr: 10.1.0.0/16 overlaps 10.1.0.0/17 of FintechNetwork/staging/second',
      'second.yaml:5:9: FintechNetwork/staging/second: spec.cidr: 10.1.0.0/17 overlaps 10.1.0.0/16 of FintechNetwork/staging/core',
    ]);
  });

  test('networks of two Environments may', () => {
    const files = {
      'other-environment.yaml': environment.replace('name: staging', 'name: development'),
      'core.yaml': network,
      'other.yaml': second({ 'namespace: staging': 'namespace: development' }),
    };
    expect(problemsOf(files)).toEqual([]);
  });

  test('a bucket belongs to one of them', () => {
    const inS3 = { 'destination: CloudWatch': 'destination: S3, bucketName: access-logs' };
    const lake = `apiVersion: fintech.global/v1alpha1
kind: DataLake
metadata: {name: lake, namespace: staging}
spec: {bucketName: data, accessLogs: {bucketName: access-logs}}
`.replace('bucketName: data', 'bucketName: data-lake');
    expect(problemsOf({ 'core.yaml': edited(inS3), 'lake.yaml': lake })).toEqual([
      'core.yaml:15:43: FintechNetwork/staging/core: spec.flowLogs.bucketName: access-logs belongs to DataLake/staging/lake already',
    ]);
  });
});
