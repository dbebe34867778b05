import type { AnyKind } from './engine/kind.ts';
import type { AwsTarget } from './environment.ts';

/** Access to one account and region. */
export type Connection<Cloud> = {
  readonly cloud: Cloud;
  /** Resolves when the credentials belong to the account that the Environment names; throws Terminal `WrongAccount`. */
  verify(): Promise<void>;
};

/** What the daemon runs: it knows no kind and no AWS service by name, so main.ts hands them in. */
export type Product<Cloud> = {
  readonly kinds: ReadonlyMap<string, AnyKind<Cloud>>;
  connect(target: AwsTarget): Connection<Cloud>;
};
