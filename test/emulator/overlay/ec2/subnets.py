"""Subnets.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html: a subnet with a network
interface in it is a DependencyViolation; what is deleted leaves its route table and its network ACL. moto
deletes it all the same and leaves its associations behind.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html: sizes from /28 to /16, zones of
the region only, the CIDR block made canonical. moto takes zones of any region, and makes the first subnet
in a zone public, though its VPC is no default one.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html: "You can only modify
one attribute at a time."
"""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.ec2.models.subnets import Subnet, SubnetBackend
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .cidr_blocks import canonical
from .interfaces_of_aws import remove_interfaces_of_gone_owners
from .vpcs import vpc_of

_create = SubnetBackend.create_subnet


def _create_subnet(
    self: Any, vpc_id: str, cidr_block: str, *args: Any, **kwargs: Any
) -> Subnet:
    vpc = vpc_of(self, vpc_id)
    if cidr_block:
        cidr_block = canonical(cidr_block, "cidrBlock")
        if not 16 <= ipaddress.ip_network(cidr_block).prefixlen <= 28:
            raise AwsError("InvalidSubnet.Range", f"The CIDR '{cidr_block}' is invalid.")
    subnet = _create(self, vpc_id, cidr_block, *args, **kwargs)
    if not vpc.is_default:
        subnet.default_for_az = subnet.map_public_ip_on_launch = False
    return subnet


def _addresses_left(self: Subnet) -> int:
    interfaces = self.ec2_backend.enis.values()
    taken = sum(len(each.private_ip_addresses) for each in interfaces if each.subnet is self)
    return self._available_ip_addresses - taken


SubnetBackend.create_subnet = _create_subnet  # type: ignore[method-assign]
Subnet.available_ip_address_count = property(_addresses_left)  # type: ignore[assignment]


@operation(EC2Response, "CreateSubnet")
def create_subnet(call: Call) -> Any:
    zones = call.response.ec2_backend.describe_availability_zones()
    zone = call.params.get("AvailabilityZone")
    if zone is not None and zone not in [each.name for each in zones]:
        names = ", ".join(each.name for each in zones)
        raise AwsError(
            "InvalidParameterValue",
            f"Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be "
            f"created in the following availability zones: {names}.",
        )
    return call.original()


@operation(EC2Response, "DeleteSubnet")
def delete_subnet(call: Call) -> Any:
    backend = call.response.ec2_backend
    subnet = backend.get_subnet(call.params["SubnetId"])
    remove_interfaces_of_gone_owners(backend)
    if any(interface.subnet is subnet for interface in backend.enis.values()):
        raise AwsError(
            "DependencyViolation", f"The subnet '{subnet.id}' has dependencies and cannot be deleted."
        )
    for table in backend.route_tables.values():
        _forget(table._associations, lambda target: target == subnet.id)
    for acl in backend.network_acls.values():
        _forget(acl._associations, lambda association: association.subnet_id == subnet.id)
    backend.delete_subnet(subnet.id)
    backend.tags.pop(subnet.id, None)
    return {}


def _forget(associations: dict[str, Any], is_of_subnet: Any) -> None:
    for association_id, target in list(associations.items()):
        if is_of_subnet(target):
            associations.pop(association_id)


@operation(EC2Response, "ModifySubnetAttribute")
def modify_subnet_attribute(call: Call) -> Any:
    call.response.ec2_backend.get_subnet(call.params["SubnetId"])
    given = [name for name in call.params if name not in ("SubnetId", "DryRun")]
    if len(given) != 1:
        fault = "Fields for multiple attribute types specified" if given else "No attributes specified"
        raise AwsError("InvalidParameterCombination", f"{fault}.")
    return call.original()
