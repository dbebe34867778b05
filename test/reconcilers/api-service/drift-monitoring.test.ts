import { testDrift } from './drift-suite.ts';
import { alarmDrift, dashboardDrift, logGroupDrift } from './monitoring-drift.ts';

testDrift({}, [...alarmDrift, ...dashboardDrift, ...logGroupDrift]);
