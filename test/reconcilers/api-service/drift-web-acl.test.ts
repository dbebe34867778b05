import { testDrift } from './drift-suite.ts';
import { webAclDrift } from './web-acl-drift.ts';

testDrift({}, webAclDrift);
