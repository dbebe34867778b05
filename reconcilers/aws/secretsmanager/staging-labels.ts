/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version */
export const CURRENT = 'AWSCURRENT';
export const PENDING = 'AWSPENDING';
export const PREVIOUS = 'AWSPREVIOUS';

export type StagesByVersion = Readonly<Record<string, readonly string[]>>;

/** The version that has a label. */
export function holderOf(stages: StagesByVersion | undefined, label: string): string | undefined {
  return Object.entries(stages ?? {}).find(([, labels]) => labels.includes(label))?.[0];
}

/** The version that a rotation made and that is not in force yet. */
export function pendingVersion(stages: StagesByVersion | undefined): string | undefined {
  const pending = holderOf(stages, PENDING);
  return pending === holderOf(stages, CURRENT) ? undefined : pending;
}
