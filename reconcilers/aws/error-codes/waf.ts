import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/waf/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  // AWS needs a while to make known that nothing uses it any more.
  WAFAssociatedItemException: 'NotReady',
  WAFConfigurationWarningException: 'InvalidSpec',
  WAFDuplicateItemException: 'AlreadyExists',
  'UpdateWebACL WAFDuplicateItemException': 'InvalidSpec',
  WAFExpiredManagedRuleGroupVersionException: 'InvalidSpec',
  WAFFeatureNotIncludedInPricingPlanException: 'InvalidSpec',
  WAFInternalErrorException: 'Transient',
  WAFInvalidOperationException: 'InvalidSpec',
  // Also where the rules need more capacity than a web ACL has.
  WAFInvalidParameterException: 'InvalidSpec',
  WAFInvalidResourceException: 'InvalidSpec',
  WAFLimitsExceededException: 'QuotaExceeded',
  WAFNonexistentItemException: 'NotFound',
  // The web ACL or the load balancer was made a moment ago.
  'AssociateWebACL WAFNonexistentItemException': 'NotReady',
  // A group of rules that nobody offers.
  'CreateWebACL WAFNonexistentItemException': 'InvalidSpec',
  'UpdateWebACL WAFNonexistentItemException': 'InvalidSpec',
  WAFOptimisticLockException: 'Conflict',
  WAFSubscriptionNotFoundException: 'InvalidSpec',
  WAFTagOperationException: 'Transient',
  WAFTagOperationInternalErrorException: 'Transient',
  // It takes from a few seconds to a number of minutes until what was made is known everywhere.
  WAFUnavailableEntityException: 'NotReady',
};
