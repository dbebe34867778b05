import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';

/**
 * How tasks are shared out among capacity providers, by their names: so many at first, and of all others in proportion.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export type CapacityProviderStrategy = Readonly<Record<string, CapacityShare>>;

export type CapacityShare = { readonly base: number; readonly weight: number };

export function toSdkStrategy(strategy: CapacityProviderStrategy): CapacityProviderStrategyItem[] {
  return Object.entries(strategy).map(([capacityProvider, share]) => ({ capacityProvider, ...share }));
}

export function strategyIn(items: readonly CapacityProviderStrategyItem[] = []): CapacityProviderStrategy {
  return Object.fromEntries(
    items.map(({ capacityProvider = '', base = 0, weight = 0 }) => [capacityProvider, { base, weight }]),
  );
}
