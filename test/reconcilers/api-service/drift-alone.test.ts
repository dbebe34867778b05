import { testDrift } from '../drift-suite.ts';
import { oneObject } from '../drifting-object.ts';
import { controllerWithNetwork } from '../ledger-database/ledger.ts';
import { driftingService } from './drifting-service.ts';
import { keyDrift, topicDrift } from './own-topic-drift.ts';

/** A worker with a key and a topic of its own, which nobody reaches. */
const alone = {
  databaseRef: undefined,
  ingress: undefined,
  autoscaling: {},
  replicas: { min: 1, max: 1 },
  alarms: {},
};

const object = oneObject(driftingService(alone, controllerWithNetwork));

testDrift(object, [...topicDrift, ...keyDrift]);
