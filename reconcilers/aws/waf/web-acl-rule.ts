import { CountryCode, type Rule } from '@aws-sdk/client-wafv2';
import { same } from '../../../controller/engine/compare.ts';
import { Terminal } from '../../../controller/engine/errors.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import { canonical } from '../same.ts';
import { visibilityInput, visibilityOf } from './visibility.ts';
import type { RuleStatement, WebAclRule } from './web-acl-spec.ts';

/** The time in which WAF counts, where nothing else is said; it shows it in any case. */
const WINDOW_SECONDS = 300;

type Rules = Readonly<Record<string, WebAclRule>>;

/** The countries of a rule have no order. */
export function sameRules(wanted: Rules, actual: Rules): boolean {
  return same(withSortedCountriesIn(wanted), withSortedCountriesIn(actual));
}

function withSortedCountriesIn(rules: Rules): Rules {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, withSortedCountries(rule)]));
}

function withSortedCountries(rule: WebAclRule): WebAclRule {
  const { statement } = rule;
  if (statement.type !== 'blocked countries') return rule;
  return { ...rule, statement: { ...statement, countries: statement.countries.toSorted() } };
}

export function rulesOf(found: readonly Rule[] = []): Rules {
  return Object.fromEntries(found.map((rule) => [rule.Name ?? '', ruleOf(rule)]));
}

/** What is more, or other, than what we would write is somebody else's, however alike it looks. */
export function ruleOf(found: Rule): WebAclRule {
  const { Name: name = '', Priority: priority = 0 } = found;
  const head = { priority, visibility: visibilityOf(found.VisibilityConfig) };
  const statement = statementOf(found);
  const rule = statement && { ...head, statement };
  if (rule !== undefined && canonical(ruleInput(name, rule)) === canonical(withoutDefaults(found)))
    return rule;
  return { ...head, statement: { type: 'other', content: canonical(found) } };
}

function statementOf({ Statement, OverrideAction }: Rule): RuleStatement | undefined {
  const {
    ManagedRuleGroupStatement: managed,
    RateBasedStatement: rate,
    GeoMatchStatement: geo,
  } = Statement ?? {};
  if (managed !== undefined) {
    const { VendorName: vendor = '', Name: group = '' } = managed;
    return { type: 'managed rules', vendor, group, onlyCounts: OverrideAction?.Count !== undefined };
  }
  if (rate !== undefined) return { type: 'rate limit', requestsPer5Minutes: rate.Limit ?? 0 };
  const countries = geo?.CountryCodes;
  // The SDK may know fewer countries than WAF.
  return countries?.every(isCountryCode) === true ? { type: 'blocked countries', countries } : undefined;
}

export function ruleInput(name: string, { priority, visibility, statement }: WebAclRule): Rule {
  const head = { Name: name, Priority: priority, VisibilityConfig: visibilityInput(visibility) };
  switch (statement.type) {
    case 'managed rules': {
      const { vendor: VendorName, group: Name, onlyCounts } = statement;
      const Statement = { ManagedRuleGroupStatement: { VendorName, Name } };
      return { ...head, Statement, OverrideAction: onlyCounts ? { Count: {} } : { None: {} } };
    }
    case 'rate limit': {
      const RateBasedStatement = { Limit: statement.requestsPer5Minutes, AggregateKeyType: 'IP' } as const;
      return { ...head, Statement: { RateBasedStatement }, Action: { Block: {} } };
    }
    case 'blocked countries': {
      const CountryCodes = statement.countries.map(countryCode);
      return { ...head, Statement: { GeoMatchStatement: { CountryCodes } }, Action: { Block: {} } };
    }
    case 'other':
      throw new Terminal('InvalidSpec', `cannot write the rule ${name}: it is of no kind that is known here`);
  }
}

function countryCode(country: string): CountryCode {
  if (!isCountryCode(country))
    throw new Terminal('InvalidSpec', `cannot block ${country}: it is no country of ISO 3166, as DE is one`);
  return country;
}

function isCountryCode(country: string): country is CountryCode {
  return country in CountryCode;
}

/** What WAF shows though nobody said it. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isFields(value)) return value;
  const said = Object.entries(value).filter(([key, part]) => !isDefault(key, part));
  return Object.fromEntries(said.map(([key, part]) => [key, withoutDefaults(part)]));
}

function isDefault(key: string, value: unknown): boolean {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return isEmptyList || (key === 'EvaluationWindowSec' && value === WINDOW_SECONDS);
}
