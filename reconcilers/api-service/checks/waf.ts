import { CountryCode } from '@aws-sdk/client-wafv2';
import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_ManagedRuleGroupConfig.html */
const configured = new Set([
  'AWSManagedRulesACFPRuleSet',
  'AWSManagedRulesATPRuleSet',
  'AWSManagedRulesAntiDDoSRuleSet',
  'AWSManagedRulesBotControlRuleSet',
]);

const countries: ReadonlySet<string> = new Set(Object.values(CountryCode));

/** Rule groups that work without settings, and countries that there are. */
export function checkWaf({ ingress }: ApiServiceSpec): readonly SpecFault[] {
  if (ingress?.waf === undefined) return [];
  const { managedRules, blockedCountries } = ingress.waf;
  return [
    ...managedRules.flatMap((group, index) => {
      if (!configured.has(group)) return [];
      const message = `${group} needs to know pages or levels of the service, which cannot be given here`;
      return [{ path: ['ingress', 'waf', 'managedRules', index], message }];
    }),
    ...blockedCountries.flatMap((country, index) => {
      if (countries.has(country)) return [];
      const message = `${country} is no country in ISO 3166${country === 'UK' ? '; did you mean GB?' : ''}`;
      return [{ path: ['ingress', 'waf', 'blockedCountries', index], message }];
    }),
  ];
}
