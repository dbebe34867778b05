import { testFields } from './changed-fields.ts';
import { clusterFields } from './cluster-fields.ts';

testFields(clusterFields);
