/**
 * Owners that one list takes. A list describes everything of the account and region whatever the owners are;
 * the index of tags takes 20 of them per call.
 */
export const OWNERS_PER_LIST = 100;

/**
 * How long, in milliseconds, RDS may go on showing what was before. No page of
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ names a delay; a modification is asynchronous, and
 * for some seconds the old values are shown in the state `available`.
 */
export const SETTLE_TIME = 30_000;
