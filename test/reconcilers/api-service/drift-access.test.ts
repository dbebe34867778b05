import { testDrift } from './drift-suite.ts';
import { roleDrift } from './role-drift.ts';
import { secretDrift } from './secret-drift.ts';

testDrift({}, [...roleDrift, ...secretDrift]);
