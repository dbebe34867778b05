import { testDrift } from './drift-suite.ts';
import { logBucketDrift } from './log-bucket-drift.ts';
import { repositoryDrift } from './repository-drift.ts';

testDrift({}, [...repositoryDrift, ...logBucketDrift]);
