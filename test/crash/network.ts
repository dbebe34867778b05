import { readingOf } from '../product.ts';

export const networkKey = 'FintechNetwork/production/core';

const environment = {
  apiVersion: 'fintech.global/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'production' },
  spec: {
    aws: { accountId: '123456789012', region: 'us-east-1' },
    tags: {
      Environment: 'Production',
      Project: 'FinTechGlobal',
      CostCenter: 'CC-12345',
      Owner: 'team-platform@company.com',
      DataClassification: 'Confidential',
    },
    deletion: { policy: 'Delete', maxObjectsPerSync: 1 },
  },
};

/** Small, and with one of everything: each type of resource, and two of what there is one of per zone. */
const spec = {
  cidr: '10.0.0.0/16',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  subnets: {
    public: ['10.0.1.0/24', '10.0.2.0/24'],
    app: ['10.0.11.0/24', '10.0.12.0/24'],
    data: ['10.0.21.0/24', '10.0.22.0/24'],
  },
  natGateways: 'PerZone',
  endpoints: { gateway: ['s3'], interface: ['logs'] },
  flowLogs: { destination: 'CloudWatch', trafficType: 'ALL', retentionDays: 7 },
};

/** A checkout with this network; with changes of its spec if wanted. */
export function networkWith(changes: Partial<Record<keyof typeof spec, unknown>> = {}) {
  return readingOf(environment, {
    apiVersion: 'fintech.global/v1alpha1',
    kind: 'FintechNetwork',
    metadata: { name: 'core', namespace: 'production' },
    spec: { ...spec, ...changes },
  });
}

export const withoutNetwork = readingOf(environment);
