import type { JsonObject } from '../../../controller/manifests/json.ts';
import { partOf } from '../contract-manifest.ts';
import type { Changed, FieldCases } from '../field-cases.ts';
import { shown } from './shown.ts';
import { spec } from './spec.ts';

const { balancer, dashboard, group } = shown;
const ingress = partOf(spec, 'ingress');
const rules = 'webAcls.production-fintech-api-web-acl.Rules';
const otherCertificate =
  'arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-4111-8111-111111111111';

function reachedBy(changes: JsonObject): { readonly change: JsonObject } {
  return { change: { ingress: { ...ingress, ...changes } } };
}

function guardedBy(changes: JsonObject): { readonly change: JsonObject } {
  return reachedBy({ waf: { ...partOf(ingress, 'waf'), ...changes } });
}

/** At once, and without a deployment. */
function askingFor(changes: JsonObject, shows: string): Changed {
  return {
    change: { healthCheck: { ...partOf(spec, 'healthCheck'), ...changes } },
    writes: ['ModifyTargetGroup target-group-public'],
    changes: [`${group}.${shows}`],
  };
}

/** The way in, from the load balancer to the tasks. Changes in an order are in ingress-changes.test.ts. */
export const ingressFields: FieldCases = {
  changed: {
    'healthCheck.path': askingFor({ path: '/ready' }, 'HealthCheckPath: "/health" → "/ready"'),
    'healthCheck.interval': askingFor({ interval: '20s' }, 'HealthCheckIntervalSeconds: 30 → 20'),
    'healthCheck.timeout': askingFor({ timeout: '6s' }, 'HealthCheckTimeoutSeconds: 5 → 6'),
    'healthCheck.healthyThreshold': askingFor({ healthyThreshold: 3 }, 'HealthyThresholdCount: 2 → 3'),
    'healthCheck.unhealthyThreshold': askingFor({ unhealthyThreshold: 4 }, 'UnhealthyThresholdCount: 3 → 4'),
    'healthCheck.successCodes': askingFor({ successCodes: '200-299' }, 'Matcher.HttpCode: "200" → "200-299"'),
    'healthCheck.gracePeriod': {
      change: { healthCheck: { ...partOf(spec, 'healthCheck'), gracePeriod: '90s' } },
      writes: ['UpdateService service'],
      changes: [`${shown.service}.healthCheckGracePeriodSeconds: 60 → 90`],
    },
    'ingress.certificateArn': {
      ...reachedBy({ certificateArn: otherCertificate }),
      writes: ['ModifyListener listener-public-443'],
      changes: [`${balancer}.Listeners.443.Certificates.0.CertificateArn: * → "${otherCertificate}"`],
    },
    'ingress.certificateArn, none': {
      ...reachedBy({ certificateArn: undefined }),
      writes: ['ModifyListener listener-public-80', 'DeleteListener listener-public-443'],
      changes: [
        `${balancer}.Listeners.443: * → nothing`,
        `${balancer}.Listeners.80.DefaultActions.0.Type: "redirect" → "forward"`,
        `${balancer}.Listeners.80.DefaultActions.0.RedirectConfig: * → nothing`,
        `${balancer}.Listeners.80.DefaultActions.0.ForwardConfig: nothing → *`,
        `${balancer}.Listeners.80.DefaultActions.0.TargetGroupArn: nothing → *`,
      ],
      alone: true,
    },
    'ingress.deregistrationDelay': {
      ...reachedBy({ deregistrationDelay: '60s' }),
      writes: ['ModifyTargetGroupAttributes target-group-public'],
      changes: [`${group}.Attributes.deregistration_delay.timeout_seconds: "30" → "60"`],
    },
    'ingress.idleTimeout': {
      ...reachedBy({ idleTimeout: '120s' }),
      writes: ['ModifyLoadBalancerAttributes load-balancer-public'],
      changes: [`${balancer}.Attributes.idle_timeout.timeout_seconds: "60" → "120"`],
    },
    'ingress.deletionProtection': {
      ...reachedBy({ deletionProtection: false }),
      writes: ['ModifyLoadBalancerAttributes load-balancer-public'],
      changes: [`${balancer}.Attributes.deletion_protection.enabled: "true" → "false"`],
    },
    'ingress.accessLogs': {
      ...reachedBy({ accessLogs: false }),
      writes: ['ModifyLoadBalancerAttributes load-balancer-public', 'PutBucketTagging access-logs'],
      changes: [
        `${balancer}.Attributes.access_logs.s3.enabled: "true" → "false"`,
        // With its lines.
        'buckets.production-fintech-api-access-logs-*.tags.fintech.global/retained: nothing → "<time>"',
      ],
      alone: true,
    },
    'ingress.waf.rateLimitPer5Min': {
      ...guardedBy({ rateLimitPer5Min: 1000 }),
      writes: ['UpdateWebACL web-acl', 'PutMetricAlarm alarm-blocked-requests'],
      changes: [
        `${rules}.rate-limit.Statement.RateBasedStatement.Limit: 2000 → 1000`,
        `${shown.alarm('blocked-requests')}.AlarmDescription: *`,
        `${shown.alarm('blocked-requests')}.Threshold: 2000 → 1000`,
      ],
    },
    'ingress.waf.managedRules': {
      ...guardedBy({ managedRules: ['AWSManagedRulesSQLiRuleSet'] }),
      writes: ['UpdateWebACL web-acl'],
      changes: [
        `${rules}.AWSManagedRulesCommonRuleSet: * → nothing`,
        `${rules}.AWSManagedRulesKnownBadInputsRuleSet: * → nothing`,
        `${rules}.AWSManagedRulesSQLiRuleSet.Priority: 12 → 10`,
      ],
    },
    'ingress.waf.blockedCountries': {
      ...guardedBy({ blockedCountries: ['KP'] }),
      writes: ['UpdateWebACL web-acl'],
      changes: [`${rules}.blocked-countries: nothing → *"CountryCodes":["KP"]*`],
    },
    'ingress.waf, none': {
      ...reachedBy({ waf: undefined }),
      writes: [
        'DisassociateWebACL web-acl',
        'DeleteWebACL web-acl',
        'DeleteAlarms alarm-blocked-requests',
        'PutDashboard dashboard',
      ],
      changes: [
        'webAcls: * → nothing',
        `${shown.alarm('blocked-requests')}: * → nothing`,
        `${dashboard}: * → *`,
      ],
      alone: true,
    },
  },
  refused: {
    'ingress.scheme': {
      ...reachedBy({ scheme: 'internal' }),
      reason: 'DeletionBlocked',
      because:
        'elb/load-balancer load-balancer-public has deletion protection: set deletionProtection to false first, and delete it then',
    },
    'ingress, none': {
      change: { ingress: undefined },
      reason: 'DeletionBlocked',
      because:
        'elb/load-balancer load-balancer-public has deletion protection: set deletionProtection to false first, and delete it then',
    },
  },
};
