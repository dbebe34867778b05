import { testDrift } from './drift-suite.ts';
import { instanceDrift } from './instance-drift.ts';
import { oneInstance, onlyDatabase } from './small-ledgers.ts';

testDrift({ ...oneInstance, ...onlyDatabase }, instanceDrift);
