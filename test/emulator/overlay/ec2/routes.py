"""Routes.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html, API_ReplaceRoute.html and
API_DeleteRoute.html: one destination, one target, both checked; CIDR blocks are made canonical. moto takes
targets that do not exist, a second route to a destination when it is the local one or no IPv4 block, and
removes local routes.
https://docs.aws.amazon.com/vpc/latest/userguide/replace-local-route-target.html: the local route may lead
through an appliance, and be put back.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.route_tables import Route
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .cidr_blocks import canonical
from .route_tables import table_of
from .route_targets import check_target

_DESTINATIONS = {
    "DestinationCidrBlock": "destination_cidr_block",
    "DestinationIpv6CidrBlock": "destination_ipv6_cidr_block",
    "DestinationPrefixListId": "destination_prefix_list_id",
}
_TARGETS = {
    "GatewayId": "gateway_id",
    "NatGatewayId": "nat_gateway_id",
    "TransitGatewayId": "transit_gateway_id",
    "VpcPeeringConnectionId": "vpc_peering_connection_id",
    "EgressOnlyInternetGatewayId": "egress_only_igw_id",
    "NetworkInterfaceId": "interface_id",
    "InstanceId": "instance_id",
    "CarrierGatewayId": "carrier_gateway_id",
    "VpcEndpointId": "vpc_endpoint_id",
}


def _only(call: Call, names: dict[str, str], what: str) -> str:
    given = [name for name in names if call.params.get(name)]
    if not given:
        raise AwsError("MissingParameter", f"The request must contain the parameter {what}")
    if len(given) > 1:
        raise AwsError("InvalidParameterCombination", f"Only one of {', '.join(given)} may be specified")
    return given[0]


def _destination(call: Call) -> tuple[str, str]:
    name = _only(call, _DESTINATIONS, "destinationCidrBlock")
    value = call.params[name]
    if name != "DestinationPrefixListId":
        value = canonical(value, f"{name[0].lower()}{name[1:]}")
    return name, value


def _present(call: Call, table: Any, destination: str) -> Route | None:
    route: Route | None = table._routes.get(f"{table.id}~{destination}")
    return route


def _make(call: Call, table: Any, name: str, destination: str) -> None:
    target = _only(call, _TARGETS, "gatewayId")
    check_target(call.response.ec2_backend, table, target, call.params[target])
    given = {
        "destination_cidr_block": None,
        _DESTINATIONS[name]: destination,
        _TARGETS[target]: call.params[target],
    }
    call.response.ec2_backend.create_route(table.id, **given)


@operation(EC2Response, "CreateRoute")
def create_route(call: Call) -> Any:
    table = table_of(call)
    name, destination = _destination(call)
    if _present(call, table, destination) is not None:
        raise AwsError("RouteAlreadyExists", f"The route identified by {destination} already exists.")
    _make(call, table, name, destination)
    return {"Return": True}


@operation(EC2Response, "ReplaceRoute")
def replace_route(call: Call) -> Any:
    table = table_of(call)
    name, destination = _destination(call)
    present = _present(call, table, destination)
    if present is None:
        raise AwsError(
            "InvalidParameterValue",
            f"There is no route defined for '{destination}' in the route table. Use CreateRoute instead.",
        )
    if present.local:
        return _replace_local_target(call, table, present)
    if (present.gateway_id or "").startswith("vpce-"):
        raise AwsError("InvalidParameterValue", f"cannot replace VPC endpoint route {destination}")
    table._routes.pop(present.id)
    try:
        _make(call, table, name, destination)
    except Exception:
        table._routes[present.id] = present
        raise
    return {}


def _replace_local_target(call: Call, table: Any, route: Route) -> Any:
    backend, target = call.response.ec2_backend, None
    if not call.params.get("LocalTarget"):
        target = _only(call, _TARGETS, "gatewayId")
        if target not in ("NetworkInterfaceId", "NatGatewayId", "VpcEndpointId"):
            raise AwsError("InvalidParameterValue", f"The target of a local route cannot be a {target}.")
        check_target(backend, table, target, call.params[target])
    wanted_id = call.params[target] if target is not None else None
    interface = backend.get_network_interface(wanted_id) if target == "NetworkInterfaceId" else None
    route.interface = interface
    route.nat_gateway = backend.nat_gateways[wanted_id] if target == "NatGatewayId" else None
    route.vpc_endpoint_id = wanted_id if target == "VpcEndpointId" else None
    return {}


@operation(EC2Response, "DeleteRoute")
def delete_route(call: Call) -> Any:
    table = table_of(call)
    _, destination = _destination(call)
    present = _present(call, table, destination)
    if present is None:
        raise AwsError(
            "InvalidRoute.NotFound",
            f"no route with destination-cidr-block {destination} in route table {table.id}",
        )
    gateway_id = present.gateway_id or ""
    if present.local or gateway_id.startswith("vpce-"):
        kind = "local" if present.local else "VPC endpoint"
        raise AwsError(
            "InvalidParameterValue", f"cannot remove {kind} route {destination} in route table {table.id}"
        )
    table._routes.pop(present.id)
    return {}
