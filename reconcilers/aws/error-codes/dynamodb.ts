import type { Codes } from './verdict.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and the pages of the operations */
export const codes: Codes = {
  // Backups come a moment after the table.
  ContinuousBackupsUnavailableException: 'NotReady',
  'CreateTable ResourceInUseException': 'AlreadyExists',
  // Protected against deletion.
  'DeleteTable ValidationException': 'DeletionBlocked',
  InternalServerError: 'Transient',
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
  InvalidRestoreTimeException: 'InvalidSpec',
  PointInTimeRecoveryUnavailableException: 'InvalidSpec',
  'RestoreTableToPointInTime TableNotFoundException': 'InvalidSpec',
  // Another index is on its way, or capacity was lowered as often as it may be today.
  'UpdateTable LimitExceededException': 'NotReady',
  // Too many tables are changed at the same time. Only what makes one can be at the quota of tables as well.
  'CreateBackup LimitExceededException': 'NotReady',
  'DeleteTable LimitExceededException': 'NotReady',
  'TagResource LimitExceededException': 'NotReady',
  'UntagResource LimitExceededException': 'NotReady',
  'UpdateTimeToLive LimitExceededException': 'NotReady',
  // Changed less than an hour ago.
  'UpdateTimeToLive ValidationException': 'NotReady',
};
