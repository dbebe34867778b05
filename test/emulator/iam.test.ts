import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from './start.ts';

let emulator: Emulator;
let iam: IAMClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  iam = new IAMClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}, 300_000);

afterEach(() => emulator.reset());

afterAll(() => emulator.stop());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});
const inline = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:*:*:log-group:/a b/*' },
  ],
});
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const tags = [{ Key: 'owner', Value: 'payments' }];

async function createRole(RoleName: string): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/network/',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: readOnly,
      Tags: tags,
    }),
  );
}

test('The details of an account hold everything about its roles', async () => {
  await createRole('flow-logs');
  const RoleName = 'flow-logs';
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'write', PolicyDocument: inline }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));

  const answer = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'] }));
  expect(answer.IsTruncated).toBe(false);
  expect(answer.UserDetailList).toEqual([]);
  const [role] = answer.RoleDetailList ?? [];
  expect(role).toMatchObject({
    RoleName,
    Path: '/network/',
    Arn: 'arn:aws:iam::123456789012:role/network/flow-logs',
    AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly }],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly },
    Tags: tags,
  });
  expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  const [policy] = role?.RolePolicyList ?? [];
  expect(policy?.PolicyName).toBe('write');
  expect(decodeURIComponent(policy?.PolicyDocument ?? '')).toBe(inline);
});

test('A role is in the details and in the list a moment late where lists lag', async () => {
  await emulator.setStaleness({ iam: 60 });
  await createRole('flow-logs');
  const details = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'] });
  const list = new ListRolesCommand({ PathPrefix: '/network/' });
  expect((await iam.send(details)).RoleDetailList).toEqual([]);
  expect((await iam.send(list)).Roles).toEqual([]);
  await emulator.setStaleness({ iam: 0 });
  expect((await iam.send(details)).RoleDetailList).toHaveLength(1);
  expect((await iam.send(list)).Roles).toHaveLength(1);
});

test('The details of an account come in pages', async () => {
  for (const name of ['a', 'b', 'c']) await createRole(name);
  const found: RoleDetail[] = [];
  let Marker: string | undefined;
  let pages = 0;
  do {
    const command = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 2, Marker });
    const answer = await iam.send(command);
    found.push(...(answer.RoleDetailList ?? []));
    Marker = answer.IsTruncated === true ? answer.Marker : undefined;
    pages += 1;
  } while (Marker !== undefined);
  expect(pages).toBe(2);
  expect(found.map(({ RoleName }) => RoleName)).toEqual(['a', 'b', 'c']);
});
