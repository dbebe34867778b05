import type { StateLocation } from './options.ts';

export type RunOptions = {
  readonly manifests: string;
  readonly git?: string;
  readonly branch: string;
  readonly listen: string;
  readonly state: StateLocation;
  readonly workers: number;
};
