import { DeleteLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  TagResourceCommand,
  UpdateWebACLCommand,
} from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../../../controller/engine/compare.ts';
import { Conflict, NotReady } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, OwnerQuery, Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { toSdkTags } from '../../../../reconcilers/aws/tags.ts';
import { keyIn } from '../../../../reconcilers/aws/waf/web-acl-arn.ts';
import { settingsInput } from '../../../../reconcilers/aws/waf/web-acl-settings.ts';
import type { WebAclRule, WebAclSpec } from '../../../../reconcilers/aws/waf/web-acl-spec.ts';
import { WebAcl } from '../../../../reconcilers/aws/waf/web-acl.ts';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { makeLoadBalancers, sampleRule, sampleWebAcl } from './web-acl-samples.ts';

const node = 'web-acl';
const owner = 'Service/test/api';
const name = 'test-api-web-acl';
const spec = sampleWebAcl(name);
const creation: Creation = { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
const query: OwnerQuery = { owner, names: new Map([[node, name]]), known: new Map(), unconfirmed: new Set() };

let emulator: Emulator;
let connection: TestConnection;
let aws: Aws;

beforeAll(async () => {
  emulator = await startEmulator();
  connection = connectTo(emulator.endpoint);
  aws = connection.aws;
});
afterAll(async () => {
  connection.close();
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  await emulator.setStaleness({ tagging: 0, waf: 0 });
});

async function current() {
  const [found] = await WebAcl.list(aws, [query]);
  if (found === undefined) throw new Error('the web ACL is gone');
  return found;
}

async function update(wanted: typeof spec): Promise<void> {
  const found = await current();
  await WebAcl.update(aws, found, wanted, differences(WebAcl, wanted, found.spec));
}

/** As somebody else makes one. */
async function makeAnother(ofName: string, tags: Tags = { made: 'by hand' }): Promise<string> {
  const settings = { ...settingsInput(sampleWebAcl(ofName)), Tags: toSdkTags(tags) };
  const input = { Name: ofName, Scope: 'REGIONAL', ...settings } as const;
  return (await aws.waf.send(new CreateWebACLCommand(input))).Summary?.ARN ?? '';
}

async function changeDescription(arn: string, Description: string): Promise<void> {
  const { LockToken } = await aws.waf.send(new GetWebACLCommand(keyIn(arn)));
  const settings = { ...settingsInput(spec), Description };
  await aws.waf.send(new UpdateWebACLCommand({ ...keyIn(arn), ...settings, LockToken }));
}

async function webAclOf(ResourceArn: string): Promise<string | undefined> {
  return (await aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn }))).WebACL?.ARN;
}

const operations = async (action: () => Promise<unknown>): Promise<readonly string[]> =>
  (await connection.during(action)).map(({ operation }) => operation);

describe('a web ACL', () => {
  test('is known by its ARN, its id and its name', async () => {
    const { id, outputs } = await WebAcl.create(aws, spec, creation);
    expect(id).toMatch(new RegExp(`^arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/${name}/`));
    expect(outputs).toEqual({ arn: id, id: id.split('/').at(-1), name });
    expect((await current()).outputs).toEqual(outputs);
  });

  test('keeps what others set that is no field of it', async () => {
    const { id } = await WebAcl.create(aws, spec, creation);
    const { LockToken } = await aws.waf.send(new GetWebACLCommand(keyIn(id)));
    const others = {
      TokenDomains: ['example.com'],
      CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 60 } },
    };
    await aws.waf.send(
      new UpdateWebACLCommand({ ...keyIn(id), ...settingsInput(spec), ...others, LockToken }),
    );
    await update({ ...spec, rules: {} });
    const { WebACL } = await aws.waf.send(new GetWebACLCommand(keyIn(id)));
    expect(WebACL).toMatchObject({ ...others, Rules: [] });
  });

  test('that somebody changes between the read and the write is looked at again', async () => {
    const { id } = await WebAcl.create(aws, spec, creation);
    const step = { step: 'initialize', name: 'somebody' } as const;
    aws.waf.middlewareStack.add(
      (next, { commandName }) =>
        async (call) => {
          if (commandName === 'UpdateWebACLCommand') {
            aws.waf.middlewareStack.remove(step.name);
            await changeDescription(id, 'Of somebody');
          }
          return next(call);
        },
      step,
    );
    await expect(update({ ...spec, description: 'Ours' })).rejects.toBeInstanceOf(Conflict);
    expect((await current()).spec.description).toBe('Of somebody');
  });

  test.each([
    ['more rules than it has capacity for', tooManyRules()],
    ['a group of rules that nobody offers', [managedRules('AWSManagedRulesNoSuchRuleSet', 0)]],
    ['two rules of one priority', [managedRules('AWSManagedRulesCommonRuleSet', 0), rateLimit(0)]],
    ['a limit that is too low', [rateLimit(0, 9)]],
  ])('is refused as wrong with %s', async (_what, rules) => {
    await expect(WebAcl.create(aws, { ...spec, rules: named(rules) }, creation)).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
    await WebAcl.create(aws, spec, creation);
    await expect(update({ ...spec, rules: named(rules) })).rejects.toMatchObject({ reason: 'InvalidSpec' });
  });

  test('is refused as wrong without a description', async () => {
    await expect(WebAcl.create(aws, { ...spec, description: '' }, creation)).rejects.toMatchObject({
      reason: 'InvalidSpec',
    });
  });
});

describe('a load balancer', () => {
  test('is protected once AWS knows the web ACL everywhere', async () => {
    const [balancer = ''] = await makeLoadBalancers(aws, ['api']);
    await emulator.setLifecycles({ 'waf/web-acl': { propagating: 'held' } });
    const wanted = { ...spec, resourceArns: [balancer] };
    const { id, outputs } = await WebAcl.create(aws, wanted, creation);
    expect(outputs).toBeUndefined();
    await expect(update(wanted)).rejects.toBeInstanceOf(NotReady);
    await emulator.release('waf/web-acl');
    await update(wanted);
    expect(await webAclOf(balancer)).toBe(id);
    expect((await current()).spec.resourceArns).toEqual([balancer]);
  });

  test('that somebody put under another web ACL comes back', async () => {
    const [balancer = ''] = await makeLoadBalancers(aws, ['api']);
    const wanted = { ...spec, resourceArns: [balancer] };
    const { id } = await WebAcl.create(aws, wanted, creation);
    const WebACLArn = await makeAnother('another');
    await aws.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn: balancer }));
    expect((await current()).spec.resourceArns).toEqual([]);
    await update(wanted);
    expect(await webAclOf(balancer)).toBe(id);
  });

  test('that has a successor is protected until it goes', async () => {
    const [one = '', other = ''] = await makeLoadBalancers(aws, ['one', 'other']);
    const { id } = await WebAcl.create(aws, { ...spec, resourceArns: [one] }, creation);
    await update({ ...spec, resourceArns: [other] });
    expect([await webAclOf(one), await webAclOf(other)]).toEqual([id, id]);
    const { fields } = WebAcl;
    expect(fields.resourceArns.equals?.([other], (await current()).spec.resourceArns)).toBe(true);
  });
});

describe('the deletion of a web ACL', () => {
  test('lets its load balancers go first, and waits until AWS has noticed', async () => {
    const [balancer = ''] = await makeLoadBalancers(aws, ['api']);
    await WebAcl.create(aws, { ...spec, resourceArns: [balancer] }, creation);
    await emulator.setLifecycles({ 'waf/web-acl': { disassociating: 'held' } });
    await expect(WebAcl.delete(aws, await current())).rejects.toBeInstanceOf(NotReady);
    expect(await webAclOf(balancer)).toBeUndefined();
    await emulator.release('waf/web-acl');
    await WebAcl.delete(aws, await current());
    expect(await WebAcl.list(aws, [query])).toEqual([]);
  });

  test('leaves a load balancer alone that has got another web ACL meanwhile', async () => {
    const [balancer = ''] = await makeLoadBalancers(aws, ['api']);
    await WebAcl.create(aws, { ...spec, resourceArns: [balancer] }, creation);
    const found = await current();
    const WebACLArn = await makeAnother('another');
    await aws.waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn: balancer }));
    await WebAcl.delete(aws, found);
    expect(await webAclOf(balancer)).toBe(WebACLArn);
    expect(await WebAcl.list(aws, [query])).toEqual([]);
  });

  test('does without a load balancer that is gone', async () => {
    const [balancer = ''] = await makeLoadBalancers(aws, ['api']);
    await WebAcl.create(aws, { ...spec, resourceArns: [balancer] }, creation);
    const found = await current();
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer }));
    await WebAcl.delete(aws, found);
    expect(await WebAcl.list(aws, [query])).toEqual([]);
  });
});

describe('a web ACL of the wanted name', () => {
  test('that somebody else made is not ours, and its creation says how to hand it over', async () => {
    const ResourceARN = await makeAnother(name);
    expect(await WebAcl.list(aws, [query])).toEqual([]);
    await expect(WebAcl.create(aws, spec, creation)).rejects.toMatchObject({
      reason: 'NotOwned',
      message: expect.stringContaining(`put the tags ${ownerTag}=${owner} and ${nodeTag}=${node} on it`),
    });
    await aws.waf.send(new TagResourceCommand({ ResourceARN, Tags: toSdkTags(creation.tags) }));
    expect(await WebAcl.create(aws, spec, creation)).toEqual({ id: ResourceARN });
    expect(await current()).toMatchObject({ owner, node });
  });

  test('of another owner stays the one of that owner, and who remembers it is told whose it is', async () => {
    const other = 'Service/other/api';
    const arn = await makeAnother(name, { [ownerTag]: other, [nodeTag]: node, made: 'elsewhere' });
    const remembered = { ...query, known: new Map([[node, arn]]) };
    const found = await WebAcl.list(aws, [remembered, { ...query, owner: other, names: new Map() }]);
    expect(found.map(({ owner: claimant, ownedBy }) => [claimant, ownedBy])).toEqual([
      [other, undefined],
      [owner, other],
    ]);
  });

  test('is found on whatever page it is listed', async () => {
    const { id } = await WebAcl.create(aws, spec, creation);
    await Promise.all(Array.from({ length: 101 }, (_, index) => makeAnother(`another-${index}`)));
    expect(await WebAcl.create(aws, spec, creation)).toEqual({ id });
  });

  test('that is not listed yet is waited for', async () => {
    await WebAcl.create(aws, spec, creation);
    await emulator.setStaleness({ waf: 3_600 });
    await expect(WebAcl.create(aws, spec, creation)).rejects.toThrow('WAFDuplicateItemException');
  });
});

describe('a list of web ACLs', () => {
  test('reads settings and load balancers of each, and looks through all only for a name that nothing shows', async () => {
    await emulator.setStaleness({ tagging: 3_600_000 });
    const { id } = await WebAcl.create(aws, spec, creation);
    const of = async (asked: OwnerQuery) => (await operations(() => WebAcl.list(aws, [asked]))).toSorted();
    const each = ['GetResources', 'GetWebACL', 'ListResourcesForWebACL'];
    expect(await of(query)).toEqual([...each, 'ListTagsForResource', 'ListWebACLs']);
    const known = { ...query, known: new Map([[node, id]]) };
    expect(await of(known)).toEqual([...each, 'ListTagsForResource']);
    await emulator.setStaleness({ tagging: 0 });
    expect(await of(known)).toEqual(each);
    expect(await of(query)).toEqual(each);
  });
});

function managedRules(group: string, priority: number) {
  const statement = { type: 'managed rules', vendor: 'AWS', group, onlyCounts: false } as const;
  return sampleRule(`${group}-${priority}`, priority, statement);
}

function rateLimit(priority: number, requestsPer5Minutes = 2_000) {
  return sampleRule(`rate-${priority}`, priority, { type: 'rate limit', requestsPer5Minutes });
}

function named(rules: readonly WebAclRule[]): WebAclSpec['rules'] {
  return Object.fromEntries(rules.map((rule) => [rule.visibility.metricName, rule]));
}

function tooManyRules() {
  return Array.from({ length: 8 }, (_, index) => managedRules('AWSManagedRulesCommonRuleSet', index));
}
