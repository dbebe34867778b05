import type { Rule, Statement } from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { ruleInput, ruleOf, sameRules } from '../../../../reconcilers/aws/waf/web-acl-rule.ts';
import type { RuleStatement } from '../../../../reconcilers/aws/waf/web-acl-spec.ts';
import { ruleOfOthers, sampleRule, sampleRules } from './web-acl-samples.ts';

const [countries, rate, managed] = Object.entries(sampleRules).map(([name, rule]) => ruleInput(name, rule));
const statementIn = (rule: Rule) => ruleOf(rule).statement;

describe('a rule as WAF shows it', () => {
  test.each(Object.entries(sampleRules))('is read as it was written: %s', (name, rule) => {
    expect(ruleOf(ruleInput(name, rule))).toEqual(rule);
  });

  test('that only counts is read as one that only counts', () => {
    const statement = { type: 'managed rules', vendor: 'AWS', group: 'G', onlyCounts: true } as const;
    expect(ruleOf(ruleInput('count', sampleRule('count', 1, statement))).statement).toEqual(statement);
  });

  test('is the same with what WAF adds by itself', () => {
    const shownRate: Statement = {
      RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 },
    };
    const shownGroup: Statement = {
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: 'AWSManagedRulesCommonRuleSet',
        ExcludedRules: [],
        RuleActionOverrides: [],
      },
    };
    expect(statementIn(changed(rate, { Statement: shownRate }))).toMatchObject({ type: 'rate limit' });
    expect(statementIn(changed(managed, { Statement: shownGroup }))).toMatchObject({ type: 'managed rules' });
  });

  test.each([
    ['a rule of another kind', ruleOfOthers],
    ['a country rule that only counts', changed(countries, { Action: { Count: {} } })],
    [
      'a block with an answer of its own',
      changed(rate, { Action: { Block: { CustomResponse: { ResponseCode: 404 } } } }),
    ],
    ['a rate limit with a label', changed(rate, { RuleLabels: [{ Name: 'seen' }] })],
    [
      'a rate limit over another time',
      changed(rate, {
        Statement: { RateBasedStatement: { Limit: 2_000, AggregateKeyType: 'IP', EvaluationWindowSec: 60 } },
      }),
    ],
    [
      'a managed group of which a rule is switched off',
      changed(managed, {
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: 'AWSManagedRulesCommonRuleSet',
            RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
          },
        },
      }),
    ],
    [
      'a managed group for some requests only',
      changed(managed, {
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: 'AWSManagedRulesCommonRuleSet',
            ScopeDownStatement: { GeoMatchStatement: { CountryCodes: ['DE'] } },
          },
        },
      }),
    ],
  ])('is somebody else’s: %s', (_what, rule) => {
    expect(statementIn(rule)).toMatchObject({ type: 'other' });
  });
});

describe('rules', () => {
  test('are the same in whatever order they and their countries are listed', () => {
    const { 'blocked-countries': first, ...rest } = sampleRules;
    const turned = { ...first, statement: countriesOf('SY', 'KP') };
    expect(sameRules(sampleRules, { ...rest, 'blocked-countries': turned })).toBe(true);
  });

  test('are others with another priority, limit or country', () => {
    const { 'blocked-countries': first, ...rest } = sampleRules;
    const others = [
      { ...first, priority: 7 },
      { ...first, statement: countriesOf('KP') },
    ];
    for (const other of others)
      expect(sameRules(sampleRules, { 'blocked-countries': other, ...rest })).toBe(false);
    expect(sameRules(sampleRules, rest)).toBe(false);
  });

  test('cannot block what is no country, nor be written from what somebody else made', () => {
    const nowhere = sampleRule('nowhere', 1, countriesOf('Atlantis'));
    expect(() => ruleInput('nowhere', nowhere)).toThrow('cannot block Atlantis');
    const other = sampleRule('other', 1, { type: 'other', content: '{}' });
    expect(() => ruleInput('other', other)).toThrow('cannot write the rule other');
  });
});

function countriesOf(...names: readonly string[]): RuleStatement {
  return { type: 'blocked countries', countries: names };
}

function changed(rule: Rule | undefined, change: Partial<Rule>): Rule {
  if (rule === undefined) throw new Error('there is no such sample');
  return { ...rule, ...change };
}
