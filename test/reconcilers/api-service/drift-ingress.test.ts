import { testDrift } from './drift-suite.ts';
import { listenerDrift } from './listener-drift.ts';
import { loadBalancerDrift } from './load-balancer-drift.ts';
import { targetGroupDrift } from './target-group-drift.ts';

testDrift({}, [...loadBalancerDrift, ...listenerDrift, ...targetGroupDrift]);
