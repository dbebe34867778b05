/** These are on their way at once, whatever was asked. */
const NOT_FOR_THE_WINDOW: ReadonlySet<string> = new Set([
  'MasterUserPassword',
  'PendingCloudwatchLogsExports',
]);

/** What AWS will change of a cluster or instance in the next maintenance window, in its words. */
export function waitingIn(pending: object = {}): readonly string[] {
  return Object.entries(pending)
    .filter(([name, value]) => value !== undefined && !NOT_FOR_THE_WINDOW.has(name))
    .map(([name]) => name);
}
