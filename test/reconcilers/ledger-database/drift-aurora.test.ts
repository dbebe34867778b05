import { testDrift } from '../drift-suite.ts';
import { oneObject } from '../drifting-object.ts';
import { clusterDrift } from './cluster-drift.ts';
import { clusterInstanceDrift } from './cluster-instance-drift.ts';
import { databaseGroupDrift } from './database-group-drift.ts';
import { driftingLedger } from './drifting-ledger.ts';
import { named } from './names-in-aws.ts';
import { scalingDrift } from './scaling-drift.ts';

const readerDrift = scalingDrift({
  node: 'reader-scaling',
  target: {
    ServiceNamespace: 'rds',
    ResourceId: `cluster:${named('cluster')}`,
    ScalableDimension: 'rds:cluster:ReadReplicaCount',
  },
  min: 1,
  max: 5,
  policy: { name: 'reader-cpu', metric: 'RDSReaderAverageCPUUtilization', scaleInCooldown: 300 },
});

const spec = {
  cache: undefined,
  tables: [],
  maintenanceWindow: 'Sun:05:00-Sun:06:00',
  caCertificate: 'rds-ca-rsa2048-g1',
};

const object = oneObject(driftingLedger(spec));

testDrift(object, [...clusterDrift, ...clusterInstanceDrift, ...databaseGroupDrift, ...readerDrift]);
