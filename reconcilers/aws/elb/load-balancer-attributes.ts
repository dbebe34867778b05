import {
  DescribeLoadBalancerAttributesCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Aws } from '../cloud.ts';
import { readAttributes, toAttributes } from './attributes.ts';
import { usualSettings, type LoadBalancerSettings } from './load-balancer-spec.ts';

const ACCESS_LOGS = {
  enabled: 'access_logs.s3.enabled',
  bucket: 'access_logs.s3.bucket',
  prefix: 'access_logs.s3.prefix',
} as const;

const KEYS = {
  deletionProtection: 'deletion_protection.enabled',
  idleTimeoutSeconds: 'idle_timeout.timeout_seconds',
  clientKeepAliveSeconds: 'client_keep_alive.seconds',
  dropInvalidHeaders: 'routing.http.drop_invalid_header_fields.enabled',
  desyncMitigation: 'routing.http.desync_mitigation_mode',
  http2: 'routing.http2.enabled',
  preserveHostHeader: 'routing.http.preserve_host_header.enabled',
  forwardedFor: 'routing.http.xff_header_processing.mode',
  forwardedClientPort: 'routing.http.xff_client_port.enabled',
  tlsHeaders: 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
  wafFailOpen: 'waf.fail_open.enabled',
} as const satisfies Omit<Record<keyof LoadBalancerSettings, string>, 'accessLogs'>;

type Setting = keyof typeof KEYS;

const settings: readonly Setting[] = [
  'deletionProtection',
  'idleTimeoutSeconds',
  'clientKeepAliveSeconds',
  'dropInvalidHeaders',
  'desyncMitigation',
  'http2',
  'preserveHostHeader',
  'forwardedFor',
  'forwardedClientPort',
  'tlsHeaders',
  'wafFailOpen',
];

export async function describeSettings({ elb }: Aws, LoadBalancerArn: string): Promise<LoadBalancerSettings> {
  const found = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
  const attributes = readAttributes(found.Attributes);
  const flag = (setting: Setting, otherwise = false): boolean => attributes.flag(KEYS[setting]) ?? otherwise;
  const number = (setting: 'idleTimeoutSeconds' | 'clientKeepAliveSeconds'): number =>
    attributes.number(KEYS[setting]) ?? usualSettings[setting];
  return {
    deletionProtection: flag('deletionProtection'),
    accessLogs:
      attributes.flag(ACCESS_LOGS.enabled) === true
        ? {
            bucket: attributes.text(ACCESS_LOGS.bucket) ?? '',
            prefix: attributes.text(ACCESS_LOGS.prefix) ?? '',
          }
        : undefined,
    idleTimeoutSeconds: number('idleTimeoutSeconds'),
    clientKeepAliveSeconds: number('clientKeepAliveSeconds'),
    dropInvalidHeaders: flag('dropInvalidHeaders'),
    desyncMitigation: attributes.text(KEYS.desyncMitigation) ?? usualSettings.desyncMitigation,
    http2: flag('http2', true),
    preserveHostHeader: flag('preserveHostHeader'),
    forwardedFor: attributes.text(KEYS.forwardedFor) ?? usualSettings.forwardedFor,
    forwardedClientPort: flag('forwardedClientPort'),
    tlsHeaders: flag('tlsHeaders'),
    wafFailOpen: flag('wafFailOpen'),
  };
}

/** Writes those that are named, or all, but for access logs. The others stay as they are. */
export async function writeSettings(
  { elb }: Aws,
  LoadBalancerArn: string,
  wanted: LoadBalancerSettings,
  isMeant: (setting: string) => boolean = () => true,
): Promise<void> {
  const meant = settings.filter(isMeant);
  const Attributes = toAttributes(
    Object.fromEntries(meant.map((setting) => [KEYS[setting], wanted[setting]])),
  );
  if (Attributes.length > 0)
    await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
}

/**
 * AWS takes all attributes of a call or none, and refuses these as long as it may not write to the bucket: by
 * themselves, and last, they keep nothing else back.
 */
export async function writeAccessLogs(
  { elb }: Aws,
  LoadBalancerArn: string,
  { accessLogs }: LoadBalancerSettings,
): Promise<void> {
  const Attributes = toAttributes({
    [ACCESS_LOGS.enabled]: accessLogs !== undefined,
    ...(accessLogs && {
      [ACCESS_LOGS.bucket]: accessLogs.bucket,
      [ACCESS_LOGS.prefix]: accessLogs.prefix,
    }),
  });
  await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
}
