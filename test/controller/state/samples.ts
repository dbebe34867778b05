import { emptyMemory } from '../../../controller/engine/memory.ts';
import type { ObjectRecord } from '../../../controller/object.ts';

/** A record with something in every field. */
export function sampleRecord(
  name = 'core',
  namespace: string | null = 'production',
  kind = 'FintechNetwork',
): ObjectRecord {
  return {
    apiVersion: 'fintech.global/v1alpha1',
    kind,
    metadata: {
      name,
      ...(namespace === null ? {} : { namespace }),
      uid: '0c3c1f0a-5d3e-8a11-a111-2b2f4f7d9e01',
      generation: 3,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { team: 'payments' },
      annotations: { 'fintech.global/mode': 'Enforce' },
    },
    spec: { cidr: '10.0.0.0/16', availabilityZones: ['us-east-1a', 'us-east-1b'] },
    status: {
      observedGeneration: 3,
      observedCommit: 'b6d81b360a5672d80c27430f39153e2c4f1e6a01',
      lastObservedTime: '2026-01-01T00:10:00Z',
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'InSync',
          message: '4 resources are as the manifest says',
          observedGeneration: 3,
          lastTransitionTime: '2026-01-01T00:05:00Z',
        },
      ],
      resources: [{ node: 'vpc', type: 'ec2/vpc', id: 'vpc-1', state: 'ready' }],
      vpcId: 'vpc-1',
    },
    source: { file: 'production/network.yaml', line: 12 },
    commit: 'b6d81b360a5672d80c27430f39153e2c4f1e6a01',
    memory: {
      ...emptyMemory,
      appliedHash: 'abc',
      resources: { vpc: { type: 'ec2/vpc', id: 'vpc-1', createdAt: 1 } },
      intents: { subnet: { type: 'ec2/subnet', at: 2 } },
      tagKeys: ['Project'],
      approval: { hash: 'def', digest: 'abc', steps: ['replace ec2/subnet data-a subnet-1'] },
    },
    events: [
      {
        type: 'Normal',
        reason: 'Ready',
        message: 'ready',
        count: 1,
        firstTimestamp: '2026-01-01T00:05:00Z',
        lastTimestamp: '2026-01-01T00:05:00Z',
      },
    ],
  };
}
