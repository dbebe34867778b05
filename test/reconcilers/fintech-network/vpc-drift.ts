import {
  CreateTagsCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { missing } from '../drift-row.ts';
import type { DriftRow, Network } from './drift-rows.ts';

/** The VPC, its subnets, and tags. */
export const vpcDrift: readonly DriftRow[] = [
  {
    what: 'switches the DNS host names of the VPC off',
    change: ({ ec2, id }) =>
      ec2.send(new ModifyVpcAttributeCommand({ VpcId: id('vpc'), EnableDnsHostnames: { Value: false } })),
    says: ['ec2/vpc vpc: dnsHostnames is false, should be true (availability)'],
  },
  {
    what: 'switches the DNS of the VPC off',
    change: ({ ec2, id }) =>
      ec2.send(new ModifyVpcAttributeCommand({ VpcId: id('vpc'), EnableDnsSupport: { Value: false } })),
    says: ['ec2/vpc vpc: dnsSupport is false, should be true (availability)'],
  },
  {
    what: 'has a public subnet give public addresses to whatever is started in it',
    change: ({ ec2, id }) =>
      ec2.send(
        new ModifySubnetAttributeCommand({
          SubnetId: id('public-us-east-1a'),
          MapPublicIpOnLaunch: { Value: true },
        }),
      ),
    says: ['ec2/subnet public-us-east-1a: mapPublicIpOnLaunch is true, should be false (security)'],
  },
  {
    what: 'deletes an empty data subnet',
    change: ({ ec2, id }) => ec2.send(new DeleteSubnetCommand({ SubnetId: id('data-us-east-1a') })),
    says: [`ec2/subnet data-us-east-1a ${missing} (availability)`],
    batch: 1,
  },
  {
    what: 'takes the tag CostCenter from a subnet',
    change: (network) => untag(network, 'app-us-east-1b', 'CostCenter'),
    says: ['ec2/subnet app-us-east-1b: tags.CostCenter is absent, should be CC-12345 (cost)'],
  },
  {
    what: 'gives a subnet another owner in its tags',
    change: (network) => tag(network, 'public-us-east-1b', 'Owner', 'nobody'),
    says: ['ec2/subnet public-us-east-1b: tags.Owner is nobody, should be team-platform@company.com (cost)'],
  },
  {
    what: 'takes the tag by which a subnet is found',
    change: (network) => untag(network, 'app-us-east-1a', 'fintech.global/owner'),
    says: [
      'ec2/subnet app-us-east-1a: tags.fintech.global/owner is absent, should be FintechNetwork/production/core (cost)',
    ],
  },
  {
    what: 'takes all tags from the VPC',
    change: ({ ec2, id }) => ec2.send(new DeleteTagsCommand({ Resources: [id('vpc')] })),
    says: [
      'ec2/vpc vpc: tags.Name is absent, should be production-core-vpc (cost)',
      'ec2/vpc vpc: tags.ManagedBy is absent, should be fintech-controller (cost)',
      'ec2/vpc vpc: tags.fintech.global/owner is absent, should be FintechNetwork/production/core (cost)',
      'ec2/vpc vpc: tags.fintech.global/node is absent, should be vpc (cost)',
      'ec2/vpc vpc: tags.Environment is absent, should be Production (cost)',
      'ec2/vpc vpc: tags.Project is absent, should be FinTechGlobal (cost)',
      'ec2/vpc vpc: tags.CostCenter is absent, should be CC-12345 (cost)',
      'ec2/vpc vpc: tags.Owner is absent, should be team-platform@company.com (cost)',
      'ec2/vpc vpc: tags.DataClassification is absent, should be Confidential (cost)',
      'ec2/vpc vpc: tags.Compliance is absent, should be SOC2 (cost)',
      'ec2/vpc vpc: tags.BackupPolicy is absent, should be Daily (cost)',
      'ec2/vpc vpc: tags.AutoShutdown is absent, should be false (cost)',
    ],
  },
  {
    what: 'takes the tags from the address of a NAT gateway',
    change: (network) => untag(network, 'nat-us-east-1b-address', 'fintech.global/owner', 'Name'),
    says: [
      'ec2/elastic-ip nat-us-east-1b-address: tags.fintech.global/owner is absent, should be FintechNetwork/production/core (cost)',
      'ec2/elastic-ip nat-us-east-1b-address: tags.Name is absent, should be production-core-nat-us-east-1b-address (cost)',
    ],
  },
  {
    what: 'gives the tags of a route table to another node',
    change: (network) => tag(network, 'routes-public', 'fintech.global/node', 'routes-data'),
    says: [
      'ec2/route-table routes-public: tags.fintech.global/node is routes-data, should be routes-public (cost)',
    ],
  },
];

function tag({ ec2, id }: Network, node: string, Key: string, Value: string): Promise<unknown> {
  return ec2.send(new CreateTagsCommand({ Resources: [id(node)], Tags: [{ Key, Value }] }));
}

function untag({ ec2, id }: Network, node: string, ...keys: readonly string[]): Promise<unknown> {
  return ec2.send(new DeleteTagsCommand({ Resources: [id(node)], Tags: keys.map((Key) => ({ Key })) }));
}
