import {
  CreateNetworkAclCommand,
  DeleteNetworkAclCommand,
  type NetworkAcl as SdkNetworkAcl,
} from '@aws-sdk/client-ec2';
import type { Observed, ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { removeUnused } from '../blockers.ts';
import { OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { readEntries, writeEntries } from './network-acl-entries.ts';
import { formatEntry, formatEntryKey, sameEntries } from './network-acl-entry.ts';
import { fromSdkEntry } from './network-acl-sdk-entry.ts';
import { networkAcls } from './network-acl-search.ts';
import type { NetworkAclOutputs, NetworkAclSpec } from './network-acl-spec.ts';

/** A firewall around subnets. Which ones is a field of the subnets. */
export const NetworkAcl: ResourceType<NetworkAclSpec, NetworkAclOutputs, Aws> = {
  name: 'ec2/network-acl',
  fields: {
    vpcId: { severity: 'availability', immutable: true },
    entries: { severity: 'security', equals: sameEntries },
  },
  absence: 'security',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await networkAcls.list(aws, queries)).map(observed);
  },

  async create(aws, spec, creation) {
    const entries = readEntries(spec.entries);
    const { NetworkAcl: acl } = await aws.ec2.send(
      new CreateNetworkAclCommand({
        VpcId: spec.vpcId,
        TagSpecifications: tagSpecification('network-acl', creation.tags),
      }),
    );
    const id = acl?.NetworkAclId ?? '';
    try {
      await writeEntries(aws, id, {}, entries);
    } catch {
      // An error from here would read as if no ACL had been made; the next pass sees what is missing.
      return { id };
    }
    return { id, outputs: { networkAclId: id } };
  },

  async update(aws, current, spec) {
    await writeEntries(aws, current.id, current.spec.entries, readEntries(spec.entries));
  },

  async delete(aws, { id }) {
    const remove = () => aws.ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: id }));
    await removeUnused(aws, id, remove, () => subnetsOf(aws, id));
  },

  setTags,
};

function observed({ item, ...identity }: Owned<SdkNetworkAcl>): Observed<NetworkAclSpec, NetworkAclOutputs> {
  const entries = (item.Entries ?? []).flatMap((entry) => fromSdkEntry(entry) ?? []);
  return {
    ...identity,
    state: 'ready',
    spec: {
      vpcId: item.VpcId ?? '',
      entries: Object.fromEntries(entries.map((entry) => [formatEntryKey(entry), formatEntry(entry)])),
    },
    outputs: { networkAclId: identity.id },
  };
}

async function subnetsOf(aws: Aws, id: string): Promise<readonly string[]> {
  const [acl] = await networkAcls.byIds(aws, [id]);
  return (acl?.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
}
