import { assemble, type Rules } from '../../../controller/manifests/assemble.ts';
import type { ManifestReading } from '../../../controller/manifests/manifest.ts';
import { formatProblem } from '../../../controller/manifests/problem.ts';
import { checkApiService } from '../../../reconcilers/api-service/check.ts';
import { rules } from '../../product.ts';

/** Replacements in the manifest below: each text by another. */
export type Edits = Readonly<Record<string, string>>;

const checked: Rules = {
  schemas: rules.schemas,
  kinds: [{ kind: 'ApiService', check: checkApiService }],
};

export const environment = `apiVersion: fintech.global/v1alpha1
kind: Environment
metadata: {name: staging}
spec:
  aws: {accountId: "123456789012", region: eu-central-1}
  tags: {Environment: Staging, Project: FinTechGlobal, CostCenter: CC-1, Owner: platform, DataClassification: Internal}
`;

export const network = `apiVersion: fintech.global/v1alpha1
kind: FintechNetwork
metadata: {name: core, namespace: staging}
spec:
  cidr: 10.1.0.0/16
  availabilityZones: [eu-central-1a, eu-central-1b]
  subnets:
    public: [10.1.1.0/24, 10.1.2.0/24]
    app: [10.1.11.0/24, 10.1.12.0/24]
    data: [10.1.21.0/24, 10.1.22.0/24]
`;

export const ledger = `apiVersion: fintech.global/v1alpha1
kind: LedgerDatabase
metadata: {name: ledger, namespace: staging}
spec:
  networkRef: {name: core}
  engine: aurora-postgresql
  engineVersion: "15.4"
  databaseName: fintech
  instanceClass: db.r6g.large
  credentials: {username: fintechadmin, secretName: fintech/db}
  cache: {engineVersion: "7.0", nodeType: cache.t3.micro, authSecretName: fintech/token}
`;

export const api = `apiVersion: fintech.global/v1alpha1
kind: ApiService
metadata: {name: api, namespace: staging}
spec:
  networkRef: {name: core}
  databaseRef: {name: ledger}
  image: {repository: fintech/api, tag: "1.4.2"}
  container:
    port: 8080
    cpu: 512
    memory: 1024
    environment: {LOG_LEVEL: info}
    secrets:
      API_KEY: {secretName: fintech/api-keys}
      SIGNING_KEY: {secretName: fintech/signing-key}
      DB_OWNER: {secretName: fintech/db, key: username}
    healthCheck: {command: [CMD-SHELL, curl -f http://localhost:8080/health], timeout: 10s}
    readOnlyRootFilesystem: true
    writablePaths: [/tmp, /var/cache]
    user: "1000:1000"
  sidecars:
    - {name: proxy, image: "envoyproxy/envoy:v1.30", cpu: 64, memory: 128, port: 9901/tcp}
  replicas: {min: 2, max: 6}
  autoscaling: {targetCpuPercent: 70, targetRequestsPerMinute: 1000}
  capacityProviders: {FARGATE: {base: 1, weight: 1}, FARGATE_SPOT: {weight: 2}}
  deployment: {minimumHealthyPercent: 50, maximumPercent: 150}
  healthCheck: {path: /health, successCodes: "200-299,301"}
  ingress:
    scheme: internet-facing
    certificateArn: arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-4000-8000-000000000000
    waf: {managedRules: [AWSManagedRulesCommonRuleSet], blockedCountries: [KP]}
  logs: {retentionDays: 30, groupName: /ecs/api}
  tracing: true
  secrets:
    - {name: fintech/api-keys, value: External}
    - {name: fintech/signing-key, value: {generateBytes: 32}}
  permissions:
    - {actions: [cloudwatch:PutMetricData], resources: ["*"]}
    - {actions: [s3:GetObject], resources: ["arn:aws:s3:::reports/*"]}
  alarms: {notify: "arn:aws:sns:eu-central-1:123456789012:fintech-alerts"}
`;

/** The service without a way in. */
export const worker: Edits = {
  ', targetRequestsPerMinute: 1000': '',
  'ingress:': '# ingress:',
  '    scheme:': '#   scheme:',
  '    certificateArn:': '#   certificateArn:',
  '    waf:': '#   waf:',
};

export function reading(files: Readonly<Record<string, string>>): ManifestReading {
  const contents = Object.entries(files).map(([file, text]) => ({ file, bytes: Buffer.from(text) }));
  return assemble(contents, checked);
}

/** What `validate` says of these files besides a faultless Environment, network and database. */
export function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const all = { 'environment.yaml': environment, 'network.yaml': network, 'ledger.yaml': ledger, ...files };
  return reading(all).problems.map((problem) => formatProblem(problem));
}

export function edited(edits: Edits): string {
  return Object.entries(edits).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the manifest does not hold ${from}`);
    return text.replace(from, to);
  }, api);
}

/** Problems of the service in alphabetical order, without the place and the name of the object. */
export function problemsAfter(
  edits: Edits,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  return problemsOf({ ...others, 'api.yaml': edited(edits) })
    .filter((problem) => problem.startsWith('api.yaml:'))
    .map((problem) => problem.replace(/^\S+ ApiService\/staging\/[^:]+: (spec\.)?/, ''))
    .toSorted();
}
