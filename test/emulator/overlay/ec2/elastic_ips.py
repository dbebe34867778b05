"""Elastic IP addresses.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html: by its allocation, and not
while it is associated (InvalidIPAddress.InUse); moto takes it away from whatever uses it.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html: what it is associated with,
filters by tag, no pages.
https://github.com/genevieve/leftovers/issues/33, https://github.com/hashicorp/terraform/issues/14698: the
address of a NAT gateway is AWS's to release and to disassociate, which is AuthFailure.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_ip_addresses import ElasticAddress
from moto.ec2.responses import EC2Response

from .. import staleness
from ..operations import AwsError, Call, operation
from .described import check_tag_specifications, described, tag_on_creation, tags_of
from .interfaces_of_aws import remove_interfaces_of_gone_owners

_FILTERS = {
    "allocation-id": "AllocationId",
    "association-id": "AssociationId",
    "domain": "Domain",
    "instance-id": "InstanceId",
    "network-border-group": "NetworkBorderGroup",
    "network-interface-id": "NetworkInterfaceId",
    "network-interface-owner-id": "NetworkInterfaceOwnerId",
    "private-ip-address": "PrivateIpAddress",
    "public-ip": "PublicIp",
}


@operation(EC2Response, "AllocateAddress")
def allocate(call: Call) -> Any:
    check_tag_specifications(call, "elastic-ip")
    address = call.response.ec2_backend.allocate_address("vpc", address=call.params.get("Address"))
    tag_on_creation(call, address.allocation_id, "elastic-ip")
    staleness.written(address.allocation_id)
    return {
        "AllocationId": address.allocation_id,
        "Domain": "vpc",
        "NetworkBorderGroup": call.region,
        "PublicIp": address.public_ip,
        "PublicIpv4Pool": "amazon",
    }


def _addresses(call: Call) -> list[ElasticAddress]:
    backend = call.response.ec2_backend
    remove_interfaces_of_gone_owners(backend)
    return backend.addresses


@operation(EC2Response, "ReleaseAddress")
def release(call: Call) -> Any:
    allocation_id = call.params.get("AllocationId")
    if allocation_id is None:
        message = "You must specify an allocation id when releasing a VPC elastic IP address"
        raise AwsError("InvalidParameterValue", message)
    addresses = _addresses(call)
    address = next((one for one in addresses if one.allocation_id == allocation_id), None)
    if address is None:
        message = f"The allocation ID '{allocation_id}' does not exist"
        raise AwsError("InvalidAllocationID.NotFound", message)
    _check_interface(address)
    if address.association_id is not None:
        raise AwsError("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.")
    addresses.remove(address)
    call.response.ec2_backend.tags.pop(allocation_id, None)
    return {}


@operation(EC2Response, "DisassociateAddress")
def disassociate(call: Call) -> Any:
    association_id, public_ip = call.params.get("AssociationId"), call.params.get("PublicIp")
    for address in _addresses(call):
        asked = address.association_id == association_id if association_id else address.public_ip == public_ip
        if asked:
            _check_interface(address)
    return call.original()


def _check_interface(address: Any) -> None:
    if getattr(address.eni, "requester_managed", False):
        raise AwsError("AuthFailure", "You do not have permission to access the specified resource.")


@operation(EC2Response, "DescribeAddresses")
def describe(call: Call) -> Any:
    shown = [_shown(call, address) for address in _addresses(call)]
    public_ips = call.params.get("PublicIps", [])
    for public_ip in public_ips:
        if not any(address["PublicIp"] == public_ip for address in shown):
            raise AwsError("InvalidAddress.NotFound", f"Address '{public_ip}' not found.")
    ids = call.params.get("AllocationIds", [])
    found, _ = described(call, shown, "AllocationId", ids, _FILTERS, "InvalidAllocationID.NotFound")
    return {"Addresses": [one for one in found if not public_ips or one["PublicIp"] in public_ips]}


def _shown(call: Call, address: Any) -> dict[str, Any]:
    shown = {
        "AllocationId": address.allocation_id,
        "AssociationId": address.association_id,
        "Domain": address.domain,
        "InstanceId": address.instance_id or None,
        "NetworkBorderGroup": call.region,
        "PublicIp": address.public_ip,
        "PublicIpv4Pool": "amazon",
        "Tags": tags_of(call.response.ec2_backend, address.allocation_id),
    }
    if address.eni is not None:
        shown |= {
            "NetworkInterfaceId": address.eni.id,
            "NetworkInterfaceOwnerId": address.eni.owner_id,
            "PrivateIpAddress": address.eni.private_ip_address,
        }
    return shown
