import type { CloudwatchLogsExportConfiguration, PendingCloudwatchLogsExports } from '@aws-sdk/client-rds';

export function logExportChanges(
  wanted: readonly string[],
  actual: readonly string[],
): CloudwatchLogsExportConfiguration {
  return {
    EnableLogTypes: wanted.filter((log) => !actual.includes(log)),
    DisableLogTypes: actual.filter((log) => !wanted.includes(log)),
  };
}

/** What is about to be exported counts as exported, what is about to end does not. */
export function logExportsOf(
  exported: readonly string[] = [],
  pending: PendingCloudwatchLogsExports = {},
): readonly string[] {
  const { LogTypesToEnable = [], LogTypesToDisable = [] } = pending;
  return [...new Set([...exported, ...LogTypesToEnable])].filter((log) => !LogTypesToDisable.includes(log));
}
