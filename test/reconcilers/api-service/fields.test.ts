import { testFields } from '../changed-fields.ts';
import { testEveryField } from '../every-field.ts';
import { allOf } from '../field-cases.ts';
import { changingService } from './changing-service.ts';
import { containerFields, containerSettings } from './container-fields.ts';
import { ingressFields } from './ingress-fields.ts';
import { operationFields } from './operation-fields.ts';
import { referenceFields } from './reference-fields.ts';
import { scalingFields } from './scaling-fields.ts';

const fields = allOf(containerFields, ingressFields, operationFields, scalingFields);

// What it refers to is changed in reference-fields.test.ts.
testEveryField('ApiService', allOf(fields, referenceFields));
testFields(changingService(containerSettings), fields, { comparesWithFresh: true });
