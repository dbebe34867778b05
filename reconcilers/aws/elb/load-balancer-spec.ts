import type { IpAddressType, LoadBalancerSchemeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';

/** An application load balancer. */
export type LoadBalancerSpec = LoadBalancerSettings & {
  /** Unique in account and region, at most 32 characters: `elbNameOf` makes one of a longer name. */
  readonly name: string;
  /**
   * AWS changes neither it nor the VPC, and a successor needs another name: a kind that wants the successor to stand
   * before the old one goes puts them into the id of the node, and so into the name.
   */
  readonly scheme: LoadBalancerSchemeEnum;
  readonly vpcId: string;
  /** At least two, each in another zone; their order means nothing. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipAddressType: IpAddressType;
  /**
   * Ports that its listeners may be on. A listener that somebody else added on another port is removed; it is the
   * ports of such listeners that are observed.
   */
  readonly listenerPorts: readonly number[];
};

/** What AWS calls attributes: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes */
export type LoadBalancerSettings = {
  readonly deletionProtection: boolean;
  /** undefined: none are written. */
  readonly accessLogs: AccessLogs | undefined;
  readonly idleTimeoutSeconds: number;
  readonly clientKeepAliveSeconds: number;
  readonly dropInvalidHeaders: boolean;
  /** `monitor`, `defensive` or `strictest`. */
  readonly desyncMitigation: string;
  readonly http2: boolean;
  readonly preserveHostHeader: boolean;
  /** What becomes of X-Forwarded-For: `append`, `preserve` or `remove`. */
  readonly forwardedFor: string;
  readonly forwardedClientPort: boolean;
  /** Tells targets the TLS version and cipher of the client. */
  readonly tlsHeaders: boolean;
  /** Lets requests through that AWS WAF cannot be asked about. */
  readonly wafFailOpen: boolean;
};

export type AccessLogs = {
  readonly bucket: string;
  /** Without slashes at its ends; empty for none. */
  readonly prefix: string;
};

export type LoadBalancerOutputs = {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  /** The zone that an alias record names. */
  readonly canonicalHostedZoneId: string;
  /** `app/<name>/<id>`, as metrics have it. */
  readonly fullName: string;
};

/** AWS's defaults, but for invalid headers, which are dropped. */
export const usualSettings = {
  idleTimeoutSeconds: 60,
  clientKeepAliveSeconds: 3600,
  dropInvalidHeaders: true,
  desyncMitigation: 'defensive',
  http2: true,
  preserveHostHeader: false,
  forwardedFor: 'append',
  forwardedClientPort: false,
  tlsHeaders: false,
  wafFailOpen: false,
} as const satisfies Partial<LoadBalancerSettings>;
