import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { Changed, FieldCases } from '../field-cases.ts';
import { databaseFields, settings } from './database-fields.ts';
import { singleInstance } from './ledger-life.ts';

const storage = { allocatedGiB: 100, maxGiB: 200, type: 'gp3' };
const scaling = { min: 1, max: 5 };
const fixedStorage = { storage: { allocatedGiB: 100 } };
const onlyOfAurora = 'only with engine: aurora-postgresql';

const instance = 'instances.production-ledger-instance';
const group = 'parameterGroups.production-ledger-instance-parameters-15.Parameters';

const { changed, refused, impossible } = databaseFields({
  name: 'rds/instance instance',
  identifier: 'production-ledger-instance',
  database: instance,
  instances: [instance],
  parameterGroups: ['parameterGroups.production-ledger-instance-parameters'],
  secrets: ['fintech/db-credentials'],
  otherLog: 'upgrade',
});

export const instanceSettings: JsonObject = { ...singleInstance, ...settings, storage };

/** What changes one thing of the instance. */
function ofIt(change: JsonObject, ...changes: readonly string[]): Changed {
  return { change, changes: changes.map((line) => `${instance}.${line}`) };
}

function scaled(change: JsonObject) {
  return { change: { readers: 1, readerAutoscaling: { ...scaling, ...change } }, says: onlyOfAurora };
}

/** The fields of one instance of RDS. */
export const instanceFields: FieldCases = {
  changed: {
    ...changed,
    'storage.allocatedGiB': {
      ...ofIt({ storage: { ...storage, allocatedGiB: 150 } }, 'AllocatedStorage: 100 → 150'),
      // No more than what it may grow to by itself.
      leaves: [`${instance}.AllocatedStorage: 100 → 150`],
    },
    'storage.maxGiB': ofIt({ storage: { ...storage, maxGiB: 300 } }, 'MaxAllocatedStorage: 200 → 300'),
    'storage.maxGiB, none any more': ofIt(fixedStorage, 'MaxAllocatedStorage: 200 → nothing'),
    'storage.type': ofIt({ storage: { ...storage, type: 'gp2' } }, 'StorageType: "gp3" → "gp2"'),
    multiAz: ofIt({ multiAz: false }, 'MultiAZ: true → false'),
    parameters: {
      change: { parameters: { log_min_duration_statement: '500', log_statement: 'ddl' } },
      changes: [
        `${group}.log_min_duration_statement: "1000" → "500"`,
        `${group}.log_statement: nothing → "ddl"`,
      ],
    },
  },
  refused: {
    ...refused,
    engine: {
      change: { engine: 'aurora-postgresql', storage: undefined, multiAz: false },
      because:
        'rds/instance instance (production-ledger-instance) would be left behind with its data, which its successor lacks',
    },
  },
  impossible: {
    ...impossible,
    'storage.allocatedGiB, less of it': {
      given: fixedStorage,
      change: { storage: { allocatedGiB: 50 } },
      because: 'rds/instance instance has 100 GiB, which AWS cannot make less: ask for at least that many',
    },
  },
  faulty: {
    readers: { change: { readers: 1 }, says: onlyOfAurora },
    'readerAutoscaling.min': scaled({ min: 0 }),
    'readerAutoscaling.max': scaled({ max: 6 }),
    'readerAutoscaling.targetCpuPercent': scaled({ targetCpuPercent: 50 }),
    'readerAutoscaling.scaleInCooldown': scaled({ scaleInCooldown: '10m' }),
    'readerAutoscaling.scaleOutCooldown': scaled({ scaleOutCooldown: '2m' }),
    dataApi: { change: { dataApi: true }, says: onlyOfAurora },
    instanceParameters: { change: { instanceParameters: { work_mem: '65536' } }, says: onlyOfAurora },
  },
};
