"""Amazon EC2.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html: a NAT gateway is pending, then
available; deleting, then deleted, and a missing one is NatGatewayNotFound. moto's is available and deleted
at once, and a missing one is an HTTP 500. Durations: lifecycle "ec2/nat-gateway", states "pending" and
"deleting".
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html: filters by tag, which
moto ignores.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.responses import EC2Response

from . import lifecycle
from .operations import AwsError, Call, operation

_NAT = "ec2/nat-gateway"


def _state(nat: NatGateway) -> str:
    return lifecycle.current(_NAT, nat.id, nat.__dict__.get("state", "available"))


def _set_state(nat: NatGateway, state: str) -> None:
    nat.__dict__["state"] = state


# Filters and answers of moto read the field; here it is what the clock says.
NatGateway.state = property(_state, _set_state)  # type: ignore[assignment]

_create = NatGatewayBackend.create_nat_gateway


def _create_nat_gateway(self: NatGatewayBackend, *args: Any, **kwargs: Any) -> NatGateway:
    nat = _create(self, *args, **kwargs)
    lifecycle.begin(_NAT, nat.id, "pending", then="available")
    return nat


def _delete_nat_gateway(self: NatGatewayBackend, nat_gateway_id: str) -> NatGateway:
    nat = self.nat_gateways.get(nat_gateway_id)
    if nat is None:
        raise AwsError("NatGatewayNotFound", f"NatGateway {nat_gateway_id} was not found")
    if nat.state not in ("deleting", "deleted"):
        lifecycle.begin(_NAT, nat.id, "deleting", then="deleted")
    return nat


NatGatewayBackend.create_nat_gateway = _create_nat_gateway  # type: ignore[method-assign]
NatGatewayBackend.delete_nat_gateway = _delete_nat_gateway  # type: ignore[method-assign]


@operation(EC2Response, "DescribeNatGateways")
def describe_nat_gateways(call: Call) -> Any:
    filters = {wanted["Name"]: wanted["Values"] for wanted in call.params.get("Filter", [])}
    ids = call.params.get("NatGatewayIds", [])
    backend = call.response.ec2_backend
    for nat_id in ids:
        if nat_id not in backend.nat_gateways:
            raise AwsError("NatGatewayNotFound", f"NatGateway {nat_id} was not found")
    found = backend.describe_nat_gateways(filters, ids)
    return {"NatGateways": [nat for nat in found if _has_tags(nat, filters)]}


def _has_tags(nat: NatGateway, filters: dict[str, list[str]]) -> bool:
    tags = {tag["key"]: tag["value"] for tag in nat.get_tags()}
    for name, values in filters.items():
        if name.startswith("tag:") and tags.get(name.removeprefix("tag:")) not in values:
            return False
        if name == "tag-key" and not any(key in values for key in tags):
            return False
    return True
