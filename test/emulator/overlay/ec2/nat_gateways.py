"""NAT gateways.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html: a NAT gateway is pending, then
available; deleting, then deleted, and a missing one is NatGatewayNotFound. moto's is available and deleted
at once, and a missing one is an HTTP 500. Durations: lifecycle "ec2/nat-gateway", states "pending" and
"deleting".
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html: what keeps one from being made is
told after its creation was accepted: it is pending, then failed, with the code Gateway.NotAttached (the VPC
has no internet gateway) or Resource.AlreadyAssociated (its address is in use). With a duration for the state
"failed" of "ec2/nat-gateway", every new one fails with InternalError.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html: its interface is there until
it is deleted or failed, and with it the association of its address. moto's interface stays for ever.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html: filters by tag, and
pages, which moto ignores.
"""

from __future__ import annotations

import datetime
from typing import Any

from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.responses import EC2Response

from .. import lifecycle, staleness
from ..operations import AwsError, Call, operation
from .described import check_tag_specifications, described, required, tag_on_creation, tags_of
from .interfaces_of_aws import make_interface, remove_interface, remove_interfaces_of_gone_owners

_NAT = "ec2/nat-gateway"

_FILTERS = {
    "nat-gateway-id": "NatGatewayId",
    "state": "State",
    "subnet-id": "SubnetId",
    "vpc-id": "VpcId",
}


def _state(nat: NatGateway) -> str:
    return lifecycle.current(_NAT, nat.id, nat.__dict__.get("state", "available"))


def _set_state(nat: NatGateway, state: str) -> None:
    nat.__dict__["state"] = state


# Others read the field; here it is what the clock says.
NatGateway.state = property(_state, _set_state)  # type: ignore[assignment]


@operation(EC2Response, "CreateNatGateway")
def create(call: Call) -> Any:
    required(call, "SubnetId")
    check_tag_specifications(call, "natgateway")
    backend = call.response.ec2_backend
    remove_interfaces_of_gone_owners(backend)
    subnet = backend.get_subnet(call.params["SubnetId"])
    kind = call.params.get("ConnectivityType", "public")
    address = _address(call, kind)
    failure = _failure(backend, subnet, address)

    nat = NatGateway(backend, subnet.id, allocation_id="", connectivity_type=kind)
    remove_interface(backend, nat._eni.id)
    nat._eni = make_interface(
        backend,
        subnet.id,
        "nat_gateway",
        f"Interface for NAT Gateway {nat.id}",
        owner_is_gone=lambda: nat.state in ("failed", "deleted"),
    )
    nat.private_ip = nat._eni.private_ip_address
    nat.failure = failure
    nat.address, nat.allocation_id = address, call.params.get("AllocationId")
    if address is not None and failure is None:
        backend.associate_address(eni=nat._eni, allocation_id=address.allocation_id)
    nat.association_id = address.association_id if address is not None else None
    backend.nat_gateways[nat.id] = nat
    lifecycle.begin(_NAT, nat.id, "pending", then="available" if failure is None else "failed")
    tag_on_creation(call, nat.id, "natgateway")
    staleness.written(nat.id)
    return {"NatGateway": _shown(nat)}


def _address(call: Call, kind: str) -> Any:
    allocation_id = call.params.get("AllocationId")
    if kind == "private":
        if allocation_id is not None:
            message = "AllocationId cannot be used with private NAT gateways"
            raise AwsError("InvalidParameterCombination", message)
        return None
    required(call, "AllocationId")
    return call.response.ec2_backend.address_by_allocation([allocation_id])[0]


def _failure(backend: Any, subnet: Any, address: Any) -> tuple[str, str] | None:
    if lifecycle.lasts(_NAT, "failed"):
        message = "Network interface, created and used internally by this NAT gateway is in an invalid state."
        return "InternalError", f"{message} Please try again."
    if address is None:
        return None
    gateways = backend.internet_gateways.values()
    if not any(gateway.vpc is not None and gateway.vpc.id == subnet.vpc_id for gateway in gateways):
        return "Gateway.NotAttached", f"Network {subnet.vpc_id} has no Internet gateway attached"
    if address.association_id is not None:
        message = f"Elastic IP address [{address.allocation_id}] is already associated"
        return "Resource.AlreadyAssociated", message
    return None


@operation(EC2Response, "DeleteNatGateway")
def delete(call: Call) -> Any:
    nat_id = call.params["NatGatewayId"]
    nat = call.response.ec2_backend.nat_gateways.get(nat_id)
    if nat is None:
        raise _not_found(nat_id)
    if nat.state not in ("deleting", "deleted"):
        nat.deleted_at = datetime.datetime.now(datetime.UTC)
        if nat.state == "failed":
            # Its interface and address are free already, and stay so while it is deleting.
            remove_interfaces_of_gone_owners(call.response.ec2_backend)
        lifecycle.begin(_NAT, nat.id, "deleting", then="deleted")
    return {"NatGatewayId": nat.id}


def _not_found(nat_id: str) -> AwsError:
    return AwsError("NatGatewayNotFound", f"NatGateway {nat_id} was not found")


@operation(EC2Response, "DescribeNatGateways")
def describe(call: Call) -> Any:
    gateways = call.response.ec2_backend.nat_gateways
    ids = call.params.get("NatGatewayIds", [])
    for nat_id in ids:
        if nat_id not in gateways:
            raise _not_found(nat_id)
    shown = [_shown(nat) for nat in gateways.values()]
    page, token = described(call, shown, "NatGatewayId", ids, _FILTERS, "NatGatewayNotFound")
    return {"NatGateways": page, "NextToken": token}


def _shown(nat: Any) -> dict[str, Any]:
    state = nat.state
    code, message = nat.failure if state == "failed" else (None, None)
    return {
        "NatGatewayId": nat.id,
        "VpcId": nat.vpc_id,
        "SubnetId": nat.subnet_id,
        "State": state,
        "FailureCode": code,
        "FailureMessage": message,
        "ConnectivityType": nat.connectivity_type,
        "CreateTime": nat._created_at,
        "DeleteTime": getattr(nat, "deleted_at", None),
        "NatGatewayAddresses": [_shown_address(nat, state)],
        "Tags": tags_of(nat.ec2_backend, nat.id),
    }


def _shown_address(nat: Any, state: str) -> dict[str, Any]:
    address = nat.address
    allocation = {} if address is None else {"AllocationId": nat.allocation_id}
    if state == "pending":
        return {**allocation, "IsPrimary": True, "Status": "associating"}
    known = {**allocation, "NetworkInterfaceId": nat._eni.id, "PrivateIp": nat.private_ip, "IsPrimary": True}
    if state == "failed":
        return {**known, "Status": "failed"}
    if address is not None:
        known |= {"PublicIp": address.public_ip, "AssociationId": nat.association_id}
    return {**known, "Status": "succeeded"}
