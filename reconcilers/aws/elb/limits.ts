/** Owners that one list takes. It describes everything, however many there are. */
export const OWNERS_PER_LIST = 100;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html */
export const PAGE_SIZE = 400;

/**
 * How long, in milliseconds, a description may not show what was written. No page of
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html names a delay; writing the
 * same again is harmless, so a short time does.
 */
export const SETTLE_TIME = 10_000;
