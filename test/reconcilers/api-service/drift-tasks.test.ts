import { testDrift } from './drift-suite.ts';
import { clusterDrift, taskDrift } from './task-drift.ts';

testDrift({}, [...taskDrift, ...clusterDrift]);
