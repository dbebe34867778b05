import { clusterDrift } from './cluster-drift.ts';
import { clusterInstanceDrift } from './cluster-instance-drift.ts';
import { databaseGroupDrift } from './database-group-drift.ts';
import { named } from './drift-rows.ts';
import { testDrift } from './drift-suite.ts';
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

testDrift(spec, [...clusterDrift, ...clusterInstanceDrift, ...databaseGroupDrift, ...readerDrift]);
