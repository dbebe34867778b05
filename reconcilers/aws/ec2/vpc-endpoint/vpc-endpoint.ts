import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  paginateDescribeVpcEndpoints,
  type VpcEndpoint as SdkVpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { parsePolicy, samePolicy, type PolicyDocument } from '../../policy-document.ts';
import { sameUnordered } from '../../same.ts';
import { ifThere } from '../../if-there.ts';
import { collect } from '../../pages.ts';
import { OwnedResources, OWNERS_PER_LIST, SETTLE_TIME, type Owned } from '../owned.ts';
import { setTags, tagSpecification } from '../tags.ts';
import { throwUnsuccessful } from '../unsuccessful.ts';
import type { VpcEndpointOutputs, VpcEndpointSpec } from './vpc-endpoint-spec.ts';
import { endpointIs, stateOfEndpoint } from './vpc-endpoint-state.ts';
import { updateEndpoint } from './vpc-endpoint-update.ts';

const endpoints = new OwnedResources<SdkVpcEndpoint>({
  idFilter: 'vpc-endpoint-id',
  idOf: (endpoint) => endpoint.VpcEndpointId,
  tagsOf: (endpoint) => endpoint.Tags,
  async describe({ ec2: client }, Filters) {
    const found = await collect(
      paginateDescribeVpcEndpoints({ client }, { Filters }),
      (page) => page.VpcEndpoints,
    );
    return found.filter((endpoint) => !endpointIs(endpoint, 'deleted'));
  },
});

/** What an endpoint without a policy allows: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const fullAccess: PolicyDocument = {
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** A way to an AWS service that does not leave AWS: routes to it (gateway), or addresses of it in subnets (interface). */
export const VpcEndpoint: ResourceType<VpcEndpointSpec, VpcEndpointOutputs, Aws> = {
  name: 'ec2/vpc-endpoint',
  fields: {
    vpcId: { severity: 'availability', immutable: true },
    serviceName: { severity: 'availability', immutable: true },
    endpointType: { severity: 'availability', immutable: true },
    policy: { severity: 'security', equals: samePolicy },
    routeTableIds: { severity: 'availability', equals: sameUnordered },
    subnetIds: { severity: 'availability', equals: sameUnordered },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    privateDns: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'none',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  async list(aws, queries) {
    return (await endpoints.list(aws, queries)).map(observed);
  },

  async create({ ec2 }, spec, creation) {
    const { VpcEndpoint: endpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: spec.vpcId,
        ServiceName: spec.serviceName,
        VpcEndpointType: spec.endpointType,
        PolicyDocument: JSON.stringify(spec.policy),
        ...placeOf(spec),
        TagSpecifications: tagSpecification('vpc-endpoint', creation.tags),
      }),
    );
    const id = endpoint?.VpcEndpointId ?? '';
    return spec.endpointType === 'Gateway' ? { id, outputs: { vpcEndpointId: id } } : { id };
  },

  async update(aws, { id, spec: current }, spec) {
    await updateEndpoint(aws, id, current, spec);
  },

  async delete({ ec2 }, { id }) {
    await ifThere(
      ec2
        .send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }))
        .then((answer) => throwUnsuccessful('DeleteVpcEndpoints', answer)),
    );
  },

  setTags,
};

/** EC2 refuses what belongs to the other type of endpoint. */
function placeOf({ endpointType, routeTableIds, subnetIds, securityGroupIds, privateDns }: VpcEndpointSpec) {
  if (endpointType === 'Gateway') return { RouteTableIds: [...routeTableIds] };
  return {
    SubnetIds: [...subnetIds],
    SecurityGroupIds: [...securityGroupIds],
    PrivateDnsEnabled: privateDns,
  };
}

function observed({ item, ...identity }: Owned<SdkVpcEndpoint>) {
  return {
    ...identity,
    ...stateOfEndpoint(item),
    spec: {
      vpcId: item.VpcId ?? '',
      serviceName: item.ServiceName ?? '',
      endpointType: item.VpcEndpointType === 'Gateway' ? ('Gateway' as const) : ('Interface' as const),
      policy: parsePolicy(item.PolicyDocument) ?? fullAccess,
      routeTableIds: item.RouteTableIds ?? [],
      subnetIds: item.SubnetIds ?? [],
      securityGroupIds: item.Groups?.map(({ GroupId = '' }) => GroupId) ?? [],
      privateDns: item.PrivateDnsEnabled === true,
    },
    outputs: { vpcEndpointId: identity.id },
  };
}
