"""Virtual private gateways that add routes by themselves, which moto lacks.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVgwRoutePropagation.html: "You can only
specify a virtual private gateway that is attached to the VPC".
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.route_tables import RouteTable
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .route_tables import table_of


def is_attached(backend: Any, gateway_id: str, vpc_id: str) -> bool:
    gateway = backend.vpn_gateways.get(gateway_id)
    attachment = gateway.attachments.get(vpc_id) if gateway is not None else None
    return attachment is not None and attachment.state == "attached"


def _propagating(self: RouteTable) -> list[dict[str, str]]:
    """Propagation ends with the attachment."""
    return [
        {"GatewayId": gateway_id}
        for gateway_id in self.__dict__.get("propagating_gateways", [])
        if is_attached(self.ec2_backend, gateway_id, self.vpc_id)
    ]


RouteTable.propagating_vgws = property(_propagating)  # type: ignore[attr-defined]


@operation(EC2Response, "EnableVgwRoutePropagation")
def enable(call: Call) -> Any:
    backend, table, gateway_id = call.response.ec2_backend, table_of(call), call.params["GatewayId"]
    if gateway_id not in backend.vpn_gateways:
        raise AwsError("InvalidGatewayID.NotFound", f"The gateway ID '{gateway_id}' does not exist")
    if not is_attached(backend, gateway_id, table.vpc_id):
        raise AwsError("Gateway.NotAttached", f"resource {gateway_id} is not attached")
    gateways = table.__dict__.setdefault("propagating_gateways", [])
    if gateway_id not in gateways:
        gateways.append(gateway_id)
    return {}


@operation(EC2Response, "DisableVgwRoutePropagation")
def disable(call: Call) -> Any:
    table = table_of(call)
    gateways = table.__dict__.setdefault("propagating_gateways", [])
    if call.params["GatewayId"] in gateways:
        gateways.remove(call.params["GatewayId"])
    return {}
