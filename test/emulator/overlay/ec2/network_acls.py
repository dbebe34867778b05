"""Network ACLs and the subnets that they guard.

https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html: a new one denies everything, by
the entries 32767 that nobody can change; moto's has no entries.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html: "You can't delete the ACL if
it's associated with any subnets. You can't delete the default network ACL."
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html: within a VPC; a
missing association is a defect in moto.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html: filters by id, and by
ports and ICMP types of entries.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.network_acls import NetworkAcl, NetworkAclBackend
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .network_acl_entries import acl_of, add_last_entries
from .vpcs import vpc_of

_create = NetworkAclBackend.create_network_acl


def _create_network_acl(
    self: Any, vpc_id: str, tags: Any = None, default: bool = False
) -> NetworkAcl:
    vpc_of(self, vpc_id)
    acl = _create(self, vpc_id, tags, default)
    if not default:
        add_last_entries(self, acl)
    return acl


_ENTRY_FILTERS = {
    "entry.ipv6-cidr": lambda entry: entry.ipv6_cidr_block,
    "entry.icmp.code": lambda entry: entry.icmp_code,
    "entry.icmp.type": lambda entry: entry.icmp_type,
    "entry.port-range.from": lambda entry: entry.port_range_from,
    "entry.port-range.to": lambda entry: entry.port_range_to,
}

_filter_value = NetworkAcl.get_filter_value


def _get_filter_value(self: NetworkAcl, filter_name: str, method_name: str | None = None) -> Any:
    if filter_name == "network-acl-id":
        return self.id
    if filter_name in _ENTRY_FILTERS:
        return [_ENTRY_FILTERS[filter_name](entry) for entry in self.network_acl_entries]
    return _filter_value(self, filter_name, method_name)


NetworkAcl.get_filter_value = _get_filter_value  # type: ignore[method-assign]
NetworkAclBackend.create_network_acl = _create_network_acl  # type: ignore[method-assign]


@operation(EC2Response, "DeleteNetworkAcl")
def delete(call: Call) -> Any:
    backend, acl = call.response.ec2_backend, acl_of(call)
    if acl.default:
        raise AwsError("InvalidParameterValue", f"cannot delete default network ACL {acl.id}")
    if acl._associations:
        raise AwsError(
            "DependencyViolation", f"The networkAcl '{acl.id}' has dependencies and cannot be deleted."
        )
    backend.network_acls.pop(acl.id)
    backend.tags.pop(acl.id, None)
    return {}


@operation(EC2Response, "ReplaceNetworkAclAssociation")
def replace_association(call: Call) -> Any:
    backend, acl = call.response.ec2_backend, acl_of(call)
    association_id = call.params["AssociationId"]
    present = next(
        (each for each in backend.network_acls.values() if association_id in each._associations), None
    )
    if present is None:
        raise AwsError(
            "InvalidAssociationID.NotFound", f"The association ID '{association_id}' does not exist"
        )
    if present.vpc_id != acl.vpc_id:
        subnet_id = present._associations[association_id].subnet_id
        raise AwsError(
            "InvalidParameterValue",
            f"Network ACL {acl.id} and subnet {subnet_id} belong to different networks",
        )
    return call.original()
