import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroup as SdkSecurityGroup,
} from '@aws-sdk/client-ec2';
import { differences } from '../../../../controller/engine/compare.ts';
import type { Change, Created, Observed } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type {
  SecurityGroupOutputs,
  SecurityGroupSpec,
} from '../../../../reconcilers/aws/ec2/security-group/security-group-spec.ts';
import { SecurityGroup } from '../../../../reconcilers/aws/ec2/security-group/security-group.ts';
import { creationOf, idOf, queryOf } from './network-samples.ts';

export const owner = 'FintechNetwork/test/core';
export const otherOwner = 'FintechNetwork/test/other';

type Rules = Pick<SecurityGroupSpec, 'ingress' | 'egress'>;

/** Security groups of one VPC. The node of each is called as the group. */
export class GroupsOfVpc {
  readonly vpcId: string;
  private readonly aws: Aws;

  constructor(aws: Aws, vpcId: string) {
    this.aws = aws;
    this.vpcId = vpcId;
  }

  spec(groupName: string, rules: Partial<Rules> = {}): SecurityGroupSpec {
    const { vpcId } = this;
    return { vpcId, groupName, description: 'A sample', ingress: {}, egress: {}, ...rules };
  }

  create(spec: SecurityGroupSpec, of = owner): Promise<Created<SecurityGroupOutputs>> {
    return SecurityGroup.create(this.aws, spec, creationOf(of, spec.groupName));
  }

  list(known: ReadonlyMap<string, string> = new Map()) {
    return SecurityGroup.list(this.aws, [queryOf(owner, known)]);
  }

  async current(groupName: string): Promise<Observed<SecurityGroupSpec, SecurityGroupOutputs>> {
    const found = (await this.list()).find(({ node }) => node === groupName);
    if (found === undefined) throw new Error(`there is no ${groupName}`);
    return found;
  }

  async changesOf(spec: SecurityGroupSpec): Promise<readonly Change[]> {
    return differences(SecurityGroup, spec, (await this.current(spec.groupName)).spec);
  }

  async update(spec: SecurityGroupSpec): Promise<void> {
    const current = await this.current(spec.groupName);
    await SecurityGroup.update(this.aws, current, spec, differences(SecurityGroup, spec, current.spec));
  }

  async delete(groupName: string): Promise<void> {
    await SecurityGroup.delete(this.aws, await this.current(groupName));
  }

  /** As somebody else makes it. */
  async makeForeign(GroupName: string): Promise<string> {
    const { GroupId } = await this.aws.ec2.send(
      new CreateSecurityGroupCommand({ GroupName, VpcId: this.vpcId, Description: 'of somebody else' }),
    );
    return idOf(GroupId);
  }

  /** As somebody else does it. */
  async letIn(GroupId: string, from: string): Promise<void> {
    const UserIdGroupPairs = [{ GroupId: from }];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs }];
    await this.aws.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }

  /** As EC2 shows it. */
  async describe(groupName: string): Promise<SdkSecurityGroup> {
    const Filters = [
      { Name: 'vpc-id', Values: [this.vpcId] },
      { Name: 'group-name', Values: [groupName] },
    ];
    const { SecurityGroups } = await this.aws.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const found = SecurityGroups?.[0];
    if (found === undefined) throw new Error(`there is no ${groupName}`);
    return found;
  }
}
