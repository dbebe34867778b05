import { cacheDrift } from './cache-drift.ts';
import { testDrift } from './drift-suite.ts';
import { oneInstance } from './small-ledgers.ts';

testDrift({ ...oneInstance, tables: [] }, cacheDrift);
