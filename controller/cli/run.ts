import { setTimeout as sleep } from 'node:timers/promises';
import type { Watcher } from '../daemon.ts';
import { messageOf } from '../engine/errors.ts';
import { LogWatcher, type LoggedCall } from '../log-watcher.ts';
import { createLog, type Log } from '../log.ts';
import { lastGood } from '../manifests/last-good.ts';
import type { ManifestReading } from '../manifests/manifest.ts';
import { alertReasons, MetricsWatcher } from '../metrics-watcher.ts';
import { Metrics } from '../metrics/metrics.ts';
import { Objects } from '../objects.ts';
import type { Queue } from '../queue.ts';
import { systemClock } from '../time.ts';
import { assembleDaemon } from './assembly.ts';
import type { StateLocation } from './options.ts';
import { exitCodes } from './output.ts';
import type { Environment } from './program.ts';
import { readingOf } from './workspace.ts';

export type RunOptions = {
  readonly manifests: string;
  readonly git?: string;
  readonly branch: string;
  readonly listen: string;
  readonly state: StateLocation;
  readonly workers: number;
};

/** How long a stop waits for calls that run. Kubernetes and ECS kill after 30 s. */
const longestStop = 30_000;
