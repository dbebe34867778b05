import type { DefaultAction, WebACL as SdkWebAcl } from '@aws-sdk/client-wafv2';
import { Terminal } from '../../../controller/engine/errors.ts';
import { canonical } from '../same.ts';
import { visibilityInput, visibilityOf } from './visibility.ts';
import { ruleInput, rulesOf } from './web-acl-rule.ts';
import type { WebAclSpec } from './web-acl-spec.ts';

/** As both creation and update take it. */
export function settingsInput({ description, defaultAction, rules, visibility }: WebAclSpec) {
  return {
    Description: description,
    DefaultAction: actionInput(defaultAction),
    Rules: Object.entries(rules).map(([rule, settings]) => ruleInput(rule, settings)),
    VisibilityConfig: visibilityInput(visibility),
  };
}

export function settingsOf(found: SdkWebAcl): Omit<WebAclSpec, 'resourceArns'> {
  return {
    name: found.Name ?? '',
    description: found.Description ?? '',
    defaultAction: actionOf(found.DefaultAction),
    rules: rulesOf(found.Rules),
    visibility: visibilityOf(found.VisibilityConfig),
  };
}

/** What is no field of the spec. An update takes away all that it does not say, so it has to repeat these. */
export function settingsOfOthers({
  AssociationConfig,
  CaptchaConfig,
  ChallengeConfig,
  CustomResponseBodies,
  DataProtectionConfig,
  MonetizationConfig,
  OnSourceDDoSProtectionConfig,
  TokenDomains,
}: SdkWebAcl) {
  return {
    AssociationConfig,
    CaptchaConfig,
    ChallengeConfig,
    CustomResponseBodies,
    DataProtectionConfig,
    MonetizationConfig,
    OnSourceDDoSProtectionConfig,
    TokenDomains,
  };
}

function actionInput(wanted: WebAclSpec['defaultAction']): DefaultAction {
  if (wanted === 'custom')
    throw new Terminal('InvalidSpec', 'cannot have a custom default action: it is Allow or Block');
  return wanted === 'Allow' ? { Allow: {} } : { Block: {} };
}

function actionOf(found: DefaultAction | undefined): WebAclSpec['defaultAction'] {
  if (canonical(found) === canonical({ Allow: {} })) return 'Allow';
  return canonical(found) === canonical({ Block: {} }) ? 'Block' : 'custom';
}
