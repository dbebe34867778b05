import { testFields } from './changed-fields.ts';
import { ingressFields } from './ingress-fields.ts';

testFields(ingressFields);
