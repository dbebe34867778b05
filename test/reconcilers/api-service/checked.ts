import { checkApiService } from '../../../reconcilers/api-service/check.ts';
import { checkedKind, type Edits } from '../checked-kind.ts';

export { environment, network, type Edits } from '../checked-kind.ts';

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

export const { reading, problemsOf, edited, problemsAfter } = checkedKind({
  rules: { kind: 'ApiService', check: checkApiService },
  file: 'api.yaml',
  manifest: api,
  around: { 'ledger.yaml': ledger },
});
