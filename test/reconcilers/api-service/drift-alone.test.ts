import { testDrift } from './drift-suite.ts';
import { keyDrift, topicDrift } from './own-topic-drift.ts';

/** A worker with a key and a topic of its own, which nobody reaches. */
const alone = {
  databaseRef: undefined,
  ingress: undefined,
  autoscaling: {},
  replicas: { min: 1, max: 1 },
  alarms: {},
};

testDrift(alone, [...topicDrift, ...keyDrift]);
