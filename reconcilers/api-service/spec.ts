/** The spec of an ApiService as its CRD has it, with every default filled in. Durations are written as `30s`. */
export type ApiServiceSpec = {
  readonly networkRef: { readonly name: string };
  /** Its endpoints become environment, its credentials secrets of the container. */
  readonly databaseRef?: {
    readonly name: string;
    /** Whether its cache is wired too. */
    readonly cache: boolean;
  };
  readonly image: ImageSpec;
  readonly container: ContainerOfService;
  readonly sidecars: readonly SidecarSpec[];
  readonly replicas: { readonly min: number; readonly max: number };
  readonly autoscaling: AutoscalingSpec;
  readonly capacityProviders: Readonly<Partial<Record<CapacityProvider, CapacityShare>>>;
  readonly deployment: {
    readonly minimumHealthyPercent: number;
    readonly maximumPercent: number;
    /** Gives a deployment up whose tasks do not start, and goes back to the one before. */
    readonly circuitBreaker: boolean;
  };
  /** Of the load balancer. */
  readonly healthCheck: HealthCheckSpec;
  /** Without it nothing reaches the service from outside: a worker. */
  readonly ingress?: IngressSpec;
  readonly logs: { readonly retentionDays: number; readonly groupName?: string };
  /** X-Ray: a sidecar and the permission to send segments. */
  readonly tracing: boolean;
  readonly secrets: readonly OwnedSecret[];
  /** Statements of the task role. */
  readonly permissions: readonly Permission[];
  readonly alarms: AlarmsSpec;
  /** `enabled` or `enhanced`. */
  readonly containerInsights: 'enabled' | 'enhanced' | 'disabled';
  /** A shell in running containers. */
  readonly executeCommand: boolean;
  /** Whether deleting the object deletes the images in its repository. */
  readonly deleteImages: boolean;
};

/** A repository that the object owns, with a tag; or any image. */
export type ImageSpec =
  | { readonly repository: string; readonly tag: string; readonly uri?: undefined }
  | { readonly uri: string; readonly repository?: undefined; readonly tag?: undefined };

export type ContainerOfService = {
  readonly port: number;
  /** In units of 1/1024 of a processor. */
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** By the name of the environment variable. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly command?: readonly string[];
  readonly healthCheck?: ContainerHealthCheckSpec;
  readonly readOnlyRootFilesystem: boolean;
  /** Directories that can be written to where the root file system cannot. */
  readonly writablePaths: readonly string[];
  /** `uid` or `uid:gid`. */
  readonly user?: string;
  readonly architecture: 'X86_64' | 'ARM64';
};

export type SecretReference = {
  readonly secretName: string;
  /** Of a secret that is JSON: which part. */
  readonly key?: string;
  /** Of somebody else's secret: the key that it is encrypted with, where that is no key of AWS. */
  readonly kmsKeyArn?: string;
};

export type ContainerHealthCheckSpec = {
  readonly command: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly startPeriod: string;
};

export type SidecarSpec = {
  readonly name: string;
  readonly image: string;
  readonly cpu?: number;
  readonly memory?: number;
  /** `2000/udp` or `8080/tcp`. */
  readonly port?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly essential: boolean;
};

export type AutoscalingSpec = {
  readonly targetCpuPercent?: number;
  readonly targetMemoryPercent?: number;
  /** Requests per minute and task; with ingress only. */
  readonly targetRequestsPerMinute?: number;
  readonly scaleInCooldown: string;
  readonly scaleOutCooldown: string;
};

export type CapacityProvider = 'FARGATE' | 'FARGATE_SPOT';

export type CapacityShare = { readonly base: number; readonly weight: number };

export type HealthCheckSpec = {
  readonly path: string;
  readonly interval: string;
  readonly timeout: string;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly gracePeriod: string;
  /** `200`, `200-299`. */
  readonly successCodes: string;
};

export type IngressSpec = {
  readonly scheme: 'internet-facing' | 'internal';
  /** With it requests come on 443, and 80 redirects there. */
  readonly certificateArn?: string;
  readonly deregistrationDelay: string;
  readonly idleTimeout: string;
  readonly accessLogs: boolean;
  readonly deletionProtection: boolean;
  readonly waf?: WafSpec;
};

export type WafSpec = {
  readonly rateLimitPer5Min: number;
  /** Of AWS, in the order in which they look at requests. */
  readonly managedRules: readonly string[];
  readonly blockedCountries: readonly string[];
};

export type OwnedSecret = {
  readonly name: string;
  /** A person puts the value in; or random bytes, made once. */
  readonly value: 'External' | { readonly generateBytes: number };
};

export type Permission = { readonly actions: readonly string[]; readonly resources: readonly string[] };

export type AlarmsSpec = {
  /** A topic of somebody else's; without it the object has its own. */
  readonly notify?: string;
  readonly p99LatencySeconds: number;
  readonly http4xxPerMinute: number;
  readonly http5xxPerMinute: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
};
