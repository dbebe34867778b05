import {
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DescribeLoadBalancersCommand,
  ModifyListenerCommand,
  RemoveTagsCommand,
  type ModifyListenerCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from '../../clients.ts';
import { missing, type DriftRow } from '../drift-row.ts';
import { arnOf, listener, named, targetGroup } from './names-in-aws.ts';

const http = 'elb/listener listener-public-80';
const https = 'elb/listener listener-public-443';
const theirCertificate = arnOf('acm', 'certificate/99999999-0000-4000-8000-000000000000');

/** The ports that requests come on. */
export const listenerDrift: readonly DriftRow[] = [
  {
    what: 'deletes the listener that serves',
    change: (clients) => deleteListener(clients, 443),
    says: [`${https} ${missing} (availability)`],
  },
  {
    what: 'deletes the listener that redirects',
    change: (clients) => deleteListener(clients, 80),
    says: [`${http} ${missing} (availability)`],
    batch: 1,
  },
  {
    what: 'serves requests that are not encrypted',
    change: async (clients) =>
      modify(clients, 80, {
        DefaultActions: [{ Type: 'forward', TargetGroupArn: await targetGroup(clients) }],
      }),
    says: [
      `${http}: action.type is forward, should be redirect (security)`,
      `${http}: action.targetGroupArn is *, should be absent (security)`,
      `${http}: action.protocol is absent, should be HTTPS (security)`,
      `${http}: action.port is absent, should be 443 (security)`,
      `${http}: action.statusCode is absent, should be HTTP_301 (security)`,
    ],
  },
  {
    what: 'sends those who come elsewhere',
    change: (clients) =>
      modify(clients, 80, {
        DefaultActions: [
          { Type: 'redirect', RedirectConfig: { Host: 'example.com', StatusCode: 'HTTP_302' } },
        ],
      }),
    says: [
      `${http}: action.type is other, should be redirect (security)`,
      `${http}: action.actions is *"example.com"*, should be absent (security)`,
      `${http}: action.protocol is absent, should be HTTPS (security)`,
      `${http}: action.port is absent, should be 443 (security)`,
      `${http}: action.statusCode is absent, should be HTTP_301 (security)`,
    ],
    batch: 2,
  },
  {
    what: 'shows another certificate',
    change: (clients) => modify(clients, 443, { Certificates: [{ CertificateArn: theirCertificate }] }),
    says: [`${https}: certificateArn is ${theirCertificate}, should be *00000000-* (availability)`],
    batch: 1,
  },
  {
    what: 'takes old versions of TLS',
    change: (clients) => modify(clients, 443, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
    says: [
      `${https}: sslPolicy is ELBSecurityPolicy-2016-08, should be ELBSecurityPolicy-TLS13-1-2-2021-06 (security)`,
    ],
    batch: 1,
  },
  {
    what: 'serves requests by targets of theirs',
    change: async (clients) =>
      modify(clients, 443, { DefaultActions: [{ Type: 'forward', TargetGroupArn: await theirs(clients) }] }),
    says: [
      `${https}: action.targetGroupArn is *targetgroup/theirs/*, should be *targetgroup/${named('public')}/* (security)`,
    ],
    leaves: ['targetGroups.theirs: nothing → *'],
    batch: 2,
  },
  {
    what: 'takes a tag from a listener',
    change: async (clients) => {
      const ResourceArns = [await listener(clients, 443)];
      return clients.elb.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ['Environment'] }));
    },
    says: [`${https}: tags.Environment is absent, should be Production (cost)`],
    batch: 1,
  },
];

async function deleteListener(clients: Clients, port: number): Promise<void> {
  const ListenerArn = await listener(clients, port);
  await clients.elb.send(new DeleteListenerCommand({ ListenerArn }));
}

async function modify(
  clients: Clients,
  port: number,
  change: Partial<ModifyListenerCommandInput>,
): Promise<void> {
  const ListenerArn = await listener(clients, port);
  await clients.elb.send(new ModifyListenerCommand({ ListenerArn, ...change }));
}

async function theirs({ elb }: Clients): Promise<string> {
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const VpcId = LoadBalancers[0]?.VpcId;
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({ Name: 'theirs', Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'ip' }),
  );
  return TargetGroups[0]?.TargetGroupArn ?? '';
}
