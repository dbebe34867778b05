/** Owners that one list takes. It describes all their resources together, however many there are. */
export const OWNERS_PER_LIST = 100;

/**
 * How long, in milliseconds, a description may not show what was written. No page of
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html names a delay; writing the same again is
 * harmless, so a short time does.
 */
export const SETTLE_TIME = 10_000;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const CLUSTERS_PER_CALL = 100;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const SERVICES_PER_CALL = 10;
