import type { ObjectName } from '../controller/engine/graph.ts';
import type { PassResult } from '../controller/engine/engine.ts';
import type { ObjectRecord } from '../controller/object.ts';

/** What the daemon keeps of an object after a pass, as large as for a real one. */
export function recordOf<Cloud>(
  object: ObjectName,
  known: ObjectRecord | undefined,
  result: PassResult<Cloud>,
): ObjectRecord {
  const now = new Date().toISOString();
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True' as const,
    reason,
    message,
    observedGeneration: 1,
    lastTransitionTime: known?.status.conditions[0]?.lastTransitionTime ?? now,
  });
  return {
    apiVersion: 'fintech.global/v1',
    kind: object.kind,
    metadata: known?.metadata ?? metadataOf(object, now),
    spec: known?.spec ?? specOf(object),
    source: known?.source ?? { file: `${object.namespace}/${object.name}.yaml`, line: 1 },
    commit: known?.commit ?? '0123456789abcdef0123456789abcdef01234567',
    status: {
      ...result.status,
      resources: result.resources,
      lastObservedTime: now,
      observedGeneration: 1,
      conditions: [
        condition('Ready', 'InSync', `all ${result.resources.length} resources are as they should be`),
        condition('NetworkReady', 'InSync', 'all resources of this part are as they should be'),
        condition('StorageReady', 'InSync', 'all resources of this part are as they should be'),
      ],
    },
    events: known?.events ?? eventsOf(object, now),
    memory: result.memory,
  };
}

function metadataOf({ namespace, name }: ObjectName, now: string): ObjectRecord['metadata'] {
  return {
    name,
    namespace,
    uid: crypto.randomUUID(),
    generation: 1,
    creationTimestamp: now,
    labels: { app: name, team: 'bench' },
    annotations: { 'fintech.global/ignore': '' },
  };
}

/** About as long as a manifest of forty lines. */
function specOf({ name }: ObjectName): ObjectRecord['spec'] {
  return {
    name,
    cidr: '10.0.0.0/16',
    availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    subnets: { app: ['10.0.0.0/20', '10.0.16.0/20'], data: ['10.0.32.0/20', '10.0.48.0/20'] },
    storage: {
      retentionDays: 365,
      encryption: 'aws:kms',
      versioning: true,
      zones: ['raw', 'curated', 'mart'],
    },
    access: { roles: [`${name}-reader`, `${name}-writer`], publicAccess: false },
  };
}

function eventsOf({ name }: ObjectName, now: string): ObjectRecord['events'] {
  return ['Created', 'InSync', 'Drifted', 'Corrected'].map((reason) => ({
    type: 'Normal' as const,
    reason,
    message: `${name}: settings.encryption.keyId was changed and has been set back`,
    count: 1,
    firstTimestamp: now,
    lastTimestamp: now,
  }));
}
