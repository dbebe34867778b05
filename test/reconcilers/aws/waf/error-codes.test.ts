import { expect, test } from 'vitest';
import { Conflict, NotFound, NotReady } from '../../../../controller/engine/errors.ts';
import { AlreadyExists, outcomeOf } from '../../../../reconcilers/aws/outcome.ts';
import { sdkError } from '../sdk-error.ts';

test.each([
  ['CreateWebACL', 'WAFDuplicateItemException', AlreadyExists],
  ['UpdateWebACL', 'WAFOptimisticLockException', Conflict],
  ['DeleteWebACL', 'WAFAssociatedItemException', NotReady],
  ['AssociateWebACL', 'WAFUnavailableEntityException', NotReady],
  ['AssociateWebACL', 'WAFNonexistentItemException', NotReady],
  ['GetWebACL', 'WAFNonexistentItemException', NotFound],
])('of WAF, %s %s', (operation, code, Class) => {
  expect(outcomeOf('waf', operation, sdkError(code, 400))).toBeInstanceOf(Class);
});

test.each([
  ['CreateWebACL', 'WAFInvalidParameterException', 'InvalidSpec'],
  ['CreateWebACL', 'WAFLimitsExceededException', 'QuotaExceeded'],
  // Of the groups of rules, as the web ACL is there, or new.
  ['CreateWebACL', 'WAFNonexistentItemException', 'InvalidSpec'],
  ['UpdateWebACL', 'WAFNonexistentItemException', 'InvalidSpec'],
  ['UpdateWebACL', 'WAFDuplicateItemException', 'InvalidSpec'],
  ['UpdateWebACL', 'WAFSubscriptionNotFoundException', 'InvalidSpec'],
])('of WAF, %s %s is terminal, for the reason %s', (operation, code, reason) => {
  expect(outcomeOf('waf', operation, sdkError(code, 400))).toMatchObject({ reason });
});

test.each(['WAFInternalErrorException', 'WAFTagOperationException', 'WAFTagOperationInternalErrorException'])(
  'of WAF, %s is nobody’s fault',
  (code) => {
    expect(outcomeOf('waf', 'TagResource', sdkError(code, 400)).constructor).toBe(Error);
  },
);
