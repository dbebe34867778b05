import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  ListWebACLsCommand,
  UntagResourceCommand,
  UpdateWebACLCommand,
  type Rule,
  type UpdateWebACLCommandInput,
  type WebACL,
} from '@aws-sdk/client-wafv2';
import type { Clients } from '../../clients.ts';
import type { DriftRow } from '../drift-row.ts';
import { loadBalancer, named } from './names-in-aws.ts';

const Scope = 'REGIONAL';
const node = 'waf/web-acl web-acl';
const common = 'AWSManagedRulesCommonRuleSet';

const everything: Rule = {
  Name: 'everything',
  Priority: 0,
  Action: { Allow: {} },
  Statement: { GeoMatchStatement: { CountryCodes: ['US', 'DE'] } },
  VisibilityConfig: {
    MetricName: 'everything',
    CloudWatchMetricsEnabled: true,
    SampledRequestsEnabled: true,
  },
};

/** What looks at requests first. */
export const webAclDrift: readonly DriftRow[] = [
  rulesRow('removes a rule', (rules) => rules.filter(({ Name }) => Name !== common), [
    `${common} is absent, should be {"priority":10,*`,
  ]),
  {
    ...rulesRow(
      'has a rule count only',
      (rules) =>
        rules.map((rule) => (rule.Name === common ? { ...rule, OverrideAction: { Count: {} } } : rule)),
      [`${common}.statement.onlyCounts is true, should be false`],
    ),
    batch: 1,
  },
  {
    ...rulesRow('has one part of a rule count only', (rules) => rules.map(withPartThatCounts), [
      `${common}.statement.type is other, should be managed rules`,
      `${common}.statement.content is {"Name":*, should be absent`,
      `${common}.statement.vendor is absent, should be AWS`,
      `${common}.statement.group is absent, should be ${common}`,
      `${common}.statement.onlyCounts is absent, should be false`,
    ]),
    batch: 2,
  },
  rulesRow('lets one address ask as often as it likes', (rules) => rules.map(withHighLimit), [
    'rate-limit.statement.requestsPer5Minutes is 2000000, should be 2000',
  ]),
  rulesRow('adds a rule that lets everything through', (rules) => [...rules, everything], [
    'everything is {"priority":0,*, should be absent',
  ]),
  {
    what: 'blocks everything',
    change: (clients) => update(clients, () => ({ DefaultAction: { Block: {} } })),
    says: [`${node}: defaultAction is Block, should be Allow (security)`],
  },
  {
    what: 'hides what it blocks',
    change: (clients) =>
      update(clients, () => ({
        Description: 'mine',
        VisibilityConfig: {
          MetricName: 'theirs',
          CloudWatchMetricsEnabled: false,
          SampledRequestsEnabled: false,
        },
      })),
    says: [
      `${node}: description is mine, should be In front of production/fintech-api (cosmetic)`,
      `${node}: visibility.metricName is theirs, should be ${named('web-acl')} (security)`,
      `${node}: visibility.metrics is false, should be true (security)`,
      `${node}: visibility.sampledRequests is false, should be true (security)`,
    ],
  },
  {
    what: 'takes the web ACL from the load balancer',
    change: async (clients) => {
      const ResourceArn = await loadBalancer(clients);
      return clients.waf.send(new DisassociateWebACLCommand({ ResourceArn }));
    },
    says: [`${node}: resourceArns is [], should be ["arn:*"] (security)`],
  },
  {
    what: 'puts another web ACL in its place',
    change: async (clients) => {
      const { Summary } = await clients.waf.send(
        new CreateWebACLCommand({
          Name: 'theirs',
          Scope,
          DefaultAction: { Allow: {} },
          VisibilityConfig: {
            MetricName: 'theirs',
            CloudWatchMetricsEnabled: false,
            SampledRequestsEnabled: false,
          },
        }),
      );
      const ResourceArn = await loadBalancer(clients);
      return clients.waf.send(new AssociateWebACLCommand({ WebACLArn: Summary?.ARN, ResourceArn }));
    },
    says: [`${node}: resourceArns is [], should be ["arn:*"] (security)`],
    leaves: ['webAcls.theirs: nothing → {*"protects":[]*'],
    batch: 1,
  },
  {
    what: 'takes a tag from the web ACL',
    change: async (clients) => {
      const { ARN: ResourceARN } = await find(clients);
      return clients.waf.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['Environment'] }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
];

function rulesRow(
  what: string,
  change: (rules: readonly Rule[]) => readonly Rule[],
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: (clients) => update(clients, ({ Rules = [] }) => ({ Rules: [...change(Rules)] })),
    says: texts.map((text) => `${node}: rules.${text} (security)`),
  };
}

function withPartThatCounts(rule: Rule): Rule {
  const group = rule.Statement?.ManagedRuleGroupStatement;
  if (group?.Name !== common) return rule;
  const RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }];
  return { ...rule, Statement: { ManagedRuleGroupStatement: { ...group, RuleActionOverrides } } };
}

function withHighLimit(rule: Rule): Rule {
  const rate = rule.Statement?.RateBasedStatement;
  if (rate === undefined) return rule;
  return { ...rule, Statement: { RateBasedStatement: { ...rate, Limit: 2_000_000 } } };
}

async function find({ waf }: Clients) {
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope }));
  const { Id, ARN } = WebACLs.find((webAcl) => webAcl.Name === named('web-acl')) ?? {};
  return { Id, ARN };
}

async function update(
  clients: Clients,
  change: (webAcl: Partial<WebACL>) => Partial<UpdateWebACLCommandInput>,
): Promise<void> {
  const { Id } = await find(clients);
  const key = { Name: named('web-acl'), Id, Scope } as const;
  const { WebACL: found, LockToken } = await clients.waf.send(new GetWebACLCommand(key));
  const { DefaultAction, Rules, VisibilityConfig, Description } = found ?? {};
  const settings = { DefaultAction, Rules, VisibilityConfig, Description };
  await clients.waf.send(new UpdateWebACLCommand({ ...key, LockToken, ...settings, ...change(found ?? {}) }));
}
