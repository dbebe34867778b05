"""Targets of routes: which are taken, and which lead nowhere any more.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html: "The blackhole state indicates that the
route's target isn't available (for example, the specified gateway isn't attached to the VPC, or the
specified NAT instance has been terminated)." moto's routes are always active.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html: the codes.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.route_tables import Route

from ..operations import AwsError
from .route_propagation import is_attached

_GONE = ("deleted", "failed")
_ATTACHMENT_TAKES_ROUTES = ("available", "modifying")


def check_target(backend: Any, table: Any, parameter: str, target_id: str) -> None:
    """Refuses a gateway that does not exist, or not in the network of the table."""
    if parameter == "GatewayId":
        _check_gateway(backend, table, target_id)
    elif parameter == "NatGatewayId":
        nat = backend.nat_gateways.get(target_id)
        if nat is None or nat.state in _GONE:
            raise _missing("InvalidNatGatewayID.NotFound", "natGateway", target_id)
        if nat.vpc_id != table.vpc_id:
            raise _elsewhere(table, target_id)
    # A VPC knows a transit gateway by its attachment.
    elif parameter == "TransitGatewayId" and not _is_attached(backend, target_id, table.vpc_id):
        raise _missing("InvalidTransitGatewayID.NotFound", "transitGateway", target_id)


def _check_gateway(backend: Any, table: Any, gateway_id: str) -> None:
    kind = gateway_id.partition("-")[0]
    if kind == "vpce" or gateway_id == "local":
        raise AwsError("InvalidParameterValue", f"Value ({gateway_id}) for parameter gatewayId is invalid.")
    gateways = backend.vpn_gateways if kind == "vgw" else backend.internet_gateways
    if gateway_id not in gateways:
        raise _missing("InvalidGatewayID.NotFound", "gateway", gateway_id)
    if not _gateway_is_here(backend, gateway_id, table.vpc_id):
        raise _elsewhere(table, gateway_id)


def _gateway_is_here(backend: Any, gateway_id: str, vpc_id: str) -> bool:
    if gateway_id.startswith("igw-"):
        gateway = backend.internet_gateways.get(gateway_id)
        return gateway is not None and gateway.vpc is not None and gateway.vpc.id == vpc_id
    return is_attached(backend, gateway_id, vpc_id)


def _is_attached(backend: Any, transit_gateway_id: str, vpc_id: str) -> bool:
    return any(
        attachment.transit_gateway_id == transit_gateway_id
        and getattr(attachment, "vpc_id", None) == vpc_id
        and attachment.state in _ATTACHMENT_TAKES_ROUTES
        for attachment in backend.transit_gateway_attachments.values()
    )


def _missing(code: str, kind: str, target_id: str) -> AwsError:
    return AwsError(code, f"The {kind} ID '{target_id}' does not exist")


def _elsewhere(table: Any, target_id: str) -> AwsError:
    return AwsError(
        "InvalidParameterValue",
        f"route table {table.id} and network gateway {target_id} belong to different networks",
    )


def _gateway_id(self: Route) -> str | None:
    if self.gateway is not None:
        return str(self.gateway.id)
    return self.vpc_endpoint_id or ("local" if _is_to_local(self) else None)


def _is_to_local(route: Route) -> bool:
    """A local route may lead through an appliance instead."""
    return route.local and not (route.nat_gateway or route.interface or route.vpc_endpoint_id)


def _state(self: Route) -> str:
    return "active" if _is_to_local(self) or _leads_somewhere(self) else "blackhole"


def _leads_somewhere(route: Route) -> bool:
    table = route.route_table
    backend = table.ec2_backend
    if route.nat_gateway is not None:
        return route.nat_gateway.state not in _GONE
    if route.transit_gateway is not None:
        return _is_attached(backend, route.transit_gateway.id, table.vpc_id)
    if route.interface is not None:
        return route.interface.id in backend.enis
    gateway_id = route.gateway_id or ""
    if gateway_id.startswith("vpce-"):
        endpoint = backend.vpc_end_points.get(gateway_id)
        return endpoint is not None and endpoint.state != "deleted"
    return not gateway_id or _gateway_is_here(backend, gateway_id, table.vpc_id)


Route.gateway_id = property(_gateway_id)  # type: ignore[assignment, misc]
Route.state = property(_state)  # type: ignore[assignment, misc]
