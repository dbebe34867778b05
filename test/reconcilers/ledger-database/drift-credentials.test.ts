import { testDrift } from './drift-suite.ts';
import { keyDrift, roleDrift } from './key-and-role-drift.ts';
import { secretDrift } from './secret-drift.ts';
import { oneInstance, onlyDatabase } from './small-ledgers.ts';

testDrift({ ...oneInstance, ...onlyDatabase }, [...secretDrift, ...keyDrift, ...roleDrift]);
