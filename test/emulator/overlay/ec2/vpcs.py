"""VPCs.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html: a VPC with anything in it but its
main route table, its default network ACL and its default security group is a DependencyViolation; moto
looks at subnets, route tables and VPN gateways only, and leaves the default network ACL behind.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html: one attribute per call,
and host names need the resolver.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html: the CIDR block is made canonical.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.models.vpcs import VPC, VPCBackend
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .cidr_blocks import canonical
from .interfaces_of_aws import remove_interfaces_of_gone_owners
from .peering_connections import connections_keeping

_create = VPCBackend.create_vpc


def _create_vpc(self: VPCBackend, cidr_block: str, *args: Any, **kwargs: Any) -> VPC:
    return _create(self, canonical(cidr_block, "cidrBlock"), *args, **kwargs)


VPCBackend.create_vpc = _create_vpc  # type: ignore[method-assign]


def vpc_of(backend: Any, vpc_id: str) -> VPC:
    vpc = backend.vpcs.get(vpc_id)
    if vpc is None:
        raise AwsError("InvalidVpcID.NotFound", f"The vpc ID '{vpc_id}' does not exist")
    return vpc


@operation(EC2Response, "DeleteVpc")
def delete_vpc(call: Call) -> Any:
    backend = call.response.ec2_backend
    vpc = vpc_of(backend, call.params["VpcId"])
    remove_interfaces_of_gone_owners(backend)
    if next(_dependants(backend, vpc.id), None) is not None:
        raise AwsError(
            "DependencyViolation", f"The vpc '{vpc.id}' has dependencies and cannot be deleted."
        )
    for resources in (backend.route_tables, backend.network_acls, backend.groups[vpc.id]):
        for resource in [each for each in resources.values() if each.vpc_id == vpc.id]:
            resources.pop(resource.id)
            backend.tags.pop(resource.id, None)
    backend.groups.pop(vpc.id)
    if vpc.dhcp_options:
        vpc.dhcp_options.vpc = None
    backend.vpcs.pop(vpc.id)
    backend.tags.pop(vpc.id, None)
    return {}


def _dependants(backend: Any, vpc_id: str) -> Iterator[Any]:
    """What keeps a VPC from being deleted."""
    for subnets in backend.subnets.values():
        yield from (subnet for subnet in subnets.values() if subnet.vpc_id == vpc_id)
    for table in backend.route_tables.values():
        if table.vpc_id == vpc_id and table.main_association_id is None:
            yield table
    for gateway in backend.internet_gateways.values():
        if gateway.vpc is not None and gateway.vpc.id == vpc_id:
            yield gateway
    for gateway in backend.vpn_gateways.values():
        attachment = gateway.attachments.get(vpc_id)
        if attachment is not None and attachment.state == "attached":
            yield gateway
    yield from connections_keeping(backend, vpc_id)
    yield from (group for group in backend.groups[vpc_id].values() if not group.is_default)
    yield from _in_vpc(backend.network_acls, vpc_id, lambda acl: not acl.default)
    yield from _in_vpc(backend.enis, vpc_id, lambda _: True)
    yield from _in_vpc(backend.egress_only_internet_gateways, vpc_id, lambda _: True)
    for resources in (
        backend.vpc_end_points,
        backend.nat_gateways,
        backend.transit_gateway_attachments,
    ):
        yield from _in_vpc(resources, vpc_id, lambda each: each.state not in ("deleted", "failed"))


def _in_vpc(resources: dict[str, Any], vpc_id: str, counts: Any) -> Iterator[Any]:
    for resource in resources.values():
        if getattr(resource, "vpc_id", None) == vpc_id and counts(resource):
            yield resource


_ATTRIBUTES = {
    "EnableDnsSupport": "enable_dns_support",
    "EnableDnsHostnames": "enable_dns_hostnames",
    "EnableNetworkAddressUsageMetrics": "enable_network_address_usage_metrics",
}


@operation(EC2Response, "ModifyVpcAttribute")
def modify_vpc_attribute(call: Call) -> Any:
    vpc = vpc_of(call.response.ec2_backend, call.params["VpcId"])
    given = [name for name in _ATTRIBUTES if name in call.params]
    if len(given) != 1:
        fault = "Fields for multiple attribute types specified" if given else "No attributes specified"
        raise AwsError("InvalidParameterCombination", f"{fault}.")
    wanted = call.params[given[0]]["Value"]
    if given == ["EnableDnsHostnames"] and wanted and not vpc.enable_dns_support:
        raise AwsError(
            "InvalidParameterValue", f"DNS hostnames cannot be enabled without DNS support in {vpc.id}."
        )
    setattr(vpc, _ATTRIBUTES[given[0]], wanted)
    return {}
