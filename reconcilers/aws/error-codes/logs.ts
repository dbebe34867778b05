import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html and the pages of the operations */
export const codes: Codes = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
  'DeleteLogGroup ValidationException': 'DeletionBlocked',
  OperationAbortedException: 'Conflict',
  TooManyTagsException: 'InvalidSpec',
};
