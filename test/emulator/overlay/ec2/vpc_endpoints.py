"""VPC endpoints.

https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html#endpoint-states: an interface endpoint is
pending, then available; deleting, then deleted. Durations: lifecycle "ec2/vpc-endpoint", states "pending"
and "deleting"; with one for "failed", every new one fails, with LastError. A gateway endpoint is available
and deleted at once. moto's both are.
https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-routing: a gateway
endpoint has a route in each of its route tables. Two of moto's share one, and deleting one breaks the other.
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html: an interface in each
subnet, with the groups of the endpoint, until the endpoint is deleted. moto's are of no endpoint.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html: what is missing comes in
`Unsuccessful`; moto says nothing.
What is refused is in vpc_endpoint_rules.py, and changes are in vpc_endpoint_changes.py.
"""

from __future__ import annotations

import json
from typing import Any

from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses import EC2Response
from moto.ec2.utils import create_dns_entries, generate_route_id, random_vpc_ep_id

from .. import lifecycle, staleness
from ..operations import AwsError, Call, operation
from . import vpc_endpoint_rules as rules
from .described import check_tag_specifications, described, required, tag_on_creation, tags_of
from .interfaces_of_aws import make_interface, remove_interfaces_of_gone_owners

LIFECYCLE = "ec2/vpc-endpoint"

_ANYTHING = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}

# What AWS shows of an endpoint that was given no policy.
_DEFAULT_POLICIES = {
    "Gateway": json.dumps({"Version": "2008-10-17", "Statement": [_ANYTHING]}, separators=(",", ":")),
    "Interface": json.dumps({"Statement": [_ANYTHING]}, indent=2, sort_keys=True),
}

_FILTERS = {
    "ip-address-type": "IpAddressType",
    "service-name": "ServiceName",
    "vpc-endpoint-id": "VpcEndpointId",
    "vpc-endpoint-state": "State",
    "vpc-endpoint-type": "VpcEndpointType",
    "vpc-id": "VpcId",
}


def _state(endpoint: VPCEndPoint) -> str:
    return lifecycle.current(LIFECYCLE, endpoint.id, endpoint.__dict__.get("state", "available"))


def _set_state(endpoint: VPCEndPoint, state: str) -> None:
    endpoint.__dict__["state"] = state


# Others read the field; here it is what the clock says.
VPCEndPoint.state = property(_state, _set_state)  # type: ignore[assignment]


@operation(EC2Response, "CreateVpcEndpoint")
def create(call: Call) -> Any:
    required(call, "VpcId", "ServiceName")
    check_tag_specifications(call, "vpc-endpoint")
    backend = call.response.ec2_backend
    remove_interfaces_of_gone_owners(backend)
    kind = call.params.get("VpcEndpointType", "Gateway")
    if kind not in _DEFAULT_POLICIES:
        raise NotImplementedError(f"VPC endpoints of type {kind} are not implemented by the emulator.")
    vpc_id = backend.get_vpc(call.params["VpcId"]).id
    _check(call, kind, vpc_id)

    endpoint = VPCEndPoint(
        backend,
        random_vpc_ep_id(),
        vpc_id,
        call.params["ServiceName"],
        kind,
        call.params.get("PolicyDocument") or default_policy(kind),
        [],
        subnet_ids=[],
        security_group_ids=[],
        private_dns_enabled=kind == "Interface" and call.params.get("PrivateDnsEnabled", True),
        destination_prefix_list_id=prefix_list_id(backend, call.params["ServiceName"]),
    )
    endpoint.network_interfaces = {}
    backend.vpc_end_points[endpoint.id] = endpoint
    if kind == "Gateway":
        add_route_tables(endpoint, call.params.get("RouteTableIds", []))
    else:
        _make_interfaces(call, endpoint)
    tag_on_creation(call, endpoint.id, "vpc-endpoint")
    staleness.written(endpoint.id)
    return {"VpcEndpoint": _shown(endpoint)}


def _check(call: Call, kind: str, vpc_id: str) -> None:
    backend, params = call.response.ec2_backend, call.params
    tables, subnets = params.get("RouteTableIds", []), params.get("SubnetIds", [])
    groups, service = params.get("SecurityGroupIds", []), params["ServiceName"]
    rules.check_service(call.region, service, kind)
    rules.check_policy(params.get("PolicyDocument"))
    rules.check_only(kind, "Gateway", RouteTableIds=tables)
    private_dns = params.get("PrivateDnsEnabled", kind == "Interface")
    rules.check_only(
        kind, "Interface", SubnetIds=subnets, SecurityGroupIds=groups, PrivateDnsEnabled=private_dns
    )
    if tables:
        rules.check_route_tables(backend, vpc_id, prefix_list_id(backend, service), tables, "")
    rules.check_subnets(backend, vpc_id, subnets)
    rules.check_security_groups(backend, vpc_id, groups)
    if private_dns:
        rules.check_private_dns(backend, vpc_id, service, "")


def _make_interfaces(call: Call, endpoint: Any) -> None:
    backend = endpoint.ec2_backend
    default_group = backend.get_default_security_group(endpoint.vpc_id).id
    endpoint.security_group_ids = list(call.params.get("SecurityGroupIds", [])) or [default_group]
    endpoint.dns_entries = [create_dns_entries(endpoint.service_name, endpoint.id)]
    add_subnets(endpoint, call.params.get("SubnetIds", []))
    outcome = "failed" if lifecycle.lasts(LIFECYCLE, "failed") else "available"
    lifecycle.begin(LIFECYCLE, endpoint.id, "pending", then=outcome)


def default_policy(kind: str) -> str:
    return _DEFAULT_POLICIES[kind]


def prefix_list_id(backend: Any, service_name: str) -> str | None:
    lists = backend.managed_prefix_lists.values()
    return next((one.id for one in lists if one.prefix_list_name == service_name), None)


def add_route_tables(endpoint: Any, route_table_ids: list[str]) -> None:
    for route_table_id in route_table_ids:
        if route_table_id in endpoint.route_table_ids:
            continue
        endpoint.ec2_backend.create_route(
            route_table_id,
            None,
            gateway_id=endpoint.id,
            destination_prefix_list_id=endpoint.destination_prefix_list_id,
        )
        endpoint.route_table_ids.append(route_table_id)


def remove_route_tables(endpoint: Any, route_table_ids: list[str]) -> None:
    for route_table_id in route_table_ids:
        if route_table_id not in endpoint.route_table_ids:
            continue
        endpoint.route_table_ids.remove(route_table_id)
        table = endpoint.ec2_backend.route_tables.get(route_table_id)
        if table is not None:
            route = generate_route_id(route_table_id, None, None, endpoint.destination_prefix_list_id)
            table._routes.pop(route, None)


def add_subnets(endpoint: Any, subnet_ids: list[str]) -> None:
    for subnet_id in subnet_ids:
        if subnet_id not in endpoint.network_interfaces:
            endpoint.network_interfaces[subnet_id] = make_interface(
                endpoint.ec2_backend,
                subnet_id,
                "vpc_endpoint",
                f"VPC Endpoint Interface {endpoint.id}",
                owner_is_gone=lambda: endpoint.state == "deleted",
                group_ids=endpoint.security_group_ids,
            )


@operation(EC2Response, "DeleteVpcEndpoints")
def delete(call: Call) -> Any:
    required(call, "VpcEndpointIds")
    unsuccessful = []
    for endpoint_id in call.params["VpcEndpointIds"]:
        endpoint = call.response.ec2_backend.vpc_end_points.get(endpoint_id)
        if endpoint is None or endpoint.state == "deleted":
            error = not_found(endpoint_id)
            item = {"ResourceId": endpoint_id, "Error": {"Code": error.code, "Message": error.message}}
            unsuccessful.append(item)
        elif endpoint.vpc_endpoint_type == "Gateway":
            remove_route_tables(endpoint, list(endpoint.route_table_ids))
            endpoint.state = "deleted"
        elif endpoint.state != "deleting":
            lifecycle.begin(LIFECYCLE, endpoint.id, "deleting", then="deleted")
    return {"Unsuccessful": unsuccessful}


def not_found(endpoint_id: str) -> AwsError:
    message = f"The Vpc Endpoint Id '{endpoint_id}' does not exist"
    return AwsError("InvalidVpcEndpointId.NotFound", message)


@operation(EC2Response, "DescribeVpcEndpoints")
def describe(call: Call) -> Any:
    shown = [_shown(endpoint) for endpoint in call.response.ec2_backend.vpc_end_points.values()]
    ids = call.params.get("VpcEndpointIds", [])
    missing = "InvalidVpcEndpointId.NotFound"
    page, token = described(call, shown, "VpcEndpointId", ids, _FILTERS, missing)
    return {"VpcEndpoints": page, "NextToken": token}


def _shown(endpoint: Any) -> dict[str, Any]:
    failed = endpoint.state == "failed"
    backend, interface = endpoint.ec2_backend, endpoint.vpc_endpoint_type == "Interface"
    groups = [backend.get_security_group_from_id(group_id) for group_id in endpoint.security_group_ids]
    names = endpoint.dns_entries or []
    return {
        "VpcEndpointId": endpoint.id,
        "VpcEndpointType": endpoint.vpc_endpoint_type,
        "VpcId": endpoint.vpc_id,
        "ServiceName": endpoint.service_name,
        "State": endpoint.state,
        "LastError": {"Code": "InternalError", "Message": "An internal error occurred."} if failed else None,
        "PolicyDocument": endpoint.policy_document,
        "RouteTableIds": [one for one in endpoint.route_table_ids if one in backend.route_tables],
        "SubnetIds": list(endpoint.network_interfaces),
        "Groups": [{"GroupId": group.id, "GroupName": group.name} for group in groups if group is not None],
        "IpAddressType": "ipv4" if interface else None,
        "PrivateDnsEnabled": endpoint.private_dns_enabled,
        "RequesterManaged": False,
        "NetworkInterfaceIds": [one.id for one in endpoint.network_interfaces.values()],
        "DnsEntries": [{"DnsName": one["dns_name"], "HostedZoneId": one["hosted_zone_id"]} for one in names],
        "CreationTimestamp": endpoint.creation_timestamp,
        "Tags": tags_of(backend, endpoint.id),
        "OwnerId": endpoint.owner_id,
    }
