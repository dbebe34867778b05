import type { InstanceFacts, InstanceSettings } from '../instance/instance-settings.ts';

/** A member of an Aurora cluster. What it shares with the others is set there. */
export type ClusterInstanceSpec = InstanceSettings & {
  readonly clusterIdentifier: string;
  /** Which reader takes over first, 0 to 15. */
  readonly promotionTier: number;
};

export type ClusterInstanceOutputs = InstanceFacts & {
  /** Changes by failover, and is no difference. */
  readonly role: 'writer' | 'reader';
  /** Another member can take over from it. */
  readonly hasSuccessor: boolean;
};
