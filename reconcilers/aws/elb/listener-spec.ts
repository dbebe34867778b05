import type { ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';

/** A port of a load balancer, and what becomes of requests to it. */
export type ListenerSpec = {
  readonly loadBalancerArn: string;
  /** Tells it from the other listeners of its load balancer; another port is another node. */
  readonly port: number;
  /** `HTTP` or `HTTPS`. */
  readonly protocol: ProtocolEnum;
  /** Of HTTPS only: of ACM, in the region of the load balancer. */
  readonly certificateArn: string | undefined;
  /** Of HTTPS only: which versions of TLS and which ciphers are taken. */
  readonly sslPolicy: string | undefined;
  readonly action: ListenerAction;
};

export type ListenerAction =
  | { readonly type: 'forward'; readonly targetGroupArn: string }
  | RedirectAction
  /** What somebody else set, and no spec wants. */
  | { readonly type: 'other'; readonly actions: string };

/** To the same host, path and query. */
export type RedirectAction = {
  readonly type: 'redirect';
  readonly protocol: string;
  readonly port: string;
  /** `HTTP_301` or `HTTP_302`. */
  readonly statusCode: string;
};

export type ListenerOutputs = { readonly arn: string };

/**
 * TLS 1.3, and 1.2 with forward secrecy:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const modernSslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export const redirectToHttps = {
  type: 'redirect',
  protocol: 'HTTPS',
  port: '443',
  statusCode: 'HTTP_301',
} as const satisfies RedirectAction;
