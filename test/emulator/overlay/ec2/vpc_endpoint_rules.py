"""What an endpoint of a VPC may be.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html: of S3 and DynamoDB, in route tables
of the VPC, each of which has one endpoint of a service (RouteAlreadyExists).
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html: one subnet in each zone;
private DNS needs both DNS attributes of the VPC, and is on for one endpoint of a service in a VPC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..operations import AwsError

_OF_GATEWAYS = ("s3", "dynamodb")


def check_service(region: str, service_name: str, kind: str) -> None:
    prefix = f"com.amazonaws.{region}."
    if not service_name.startswith((prefix, "com.amazonaws.vpce.", f"aws.api.{region}.", "aws.sagemaker.")):
        message = f"The Vpc Endpoint Service '{service_name}' does not exist"
        raise AwsError("InvalidServiceName", message)
    if kind == "Gateway" and service_name.removeprefix(prefix) not in _OF_GATEWAYS:
        message = "Endpoint type (Gateway) does not match available service types ([Interface])."
        raise AwsError("InvalidParameter", message)


def check_policy(document: str | None) -> None:
    if document is None:
        return
    try:
        policy = json.loads(document)
    except ValueError:
        policy = None
    if not isinstance(policy, dict) or "Statement" not in policy:
        raise AwsError("InvalidPolicyDocument", "The specified policy document is invalid.")


def check_only(kind: str, wanted: str, **parameters: Any) -> None:
    """Parameters of the other type of endpoint are refused."""
    for name, value in parameters.items():
        if kind != wanted and value:
            message = f"{name} is not supported for VPC endpoints of type {kind}."
            raise AwsError("InvalidParameter", message)


def check_subnets(backend: Any, vpc_id: str, subnet_ids: Iterable[str]) -> None:
    zones: set[str] = set()
    for subnet_id in subnet_ids:
        subnet = backend.get_subnet(subnet_id)
        if subnet.vpc_id != vpc_id:
            raise AwsError("InvalidParameter", f"The subnet ID '{subnet_id}' is not in VPC {vpc_id}.")
        if subnet.availability_zone in zones:
            message = (
                f"Found another VPC endpoint subnet in the availability zone of {subnet_id}. VPC endpoint "
                "subnets should be in different availability zones supported by the VPC endpoint service."
            )
            raise AwsError("DuplicateSubnetsInSameZone", message)
        zones.add(subnet.availability_zone)


def check_security_groups(backend: Any, vpc_id: str, group_ids: Iterable[str]) -> None:
    for group_id in group_ids:
        group = backend.get_security_group_from_id(group_id)
        if group is None:
            raise AwsError("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
        if group.vpc_id != vpc_id:
            message = f"The security group {group_id} does not belong to VPC {vpc_id}."
            raise AwsError("InvalidParameter", message)


def check_route_tables(
    backend: Any, vpc_id: str, prefix_list_id: str, route_table_ids: Iterable[str], endpoint_id: str
) -> None:
    for route_table_id in route_table_ids:
        table = backend.get_route_table(route_table_id)
        if table.vpc_id != vpc_id:
            message = f"Route table {route_table_id} and VPC {vpc_id} belong to different networks"
            raise AwsError("InvalidParameter", message)
        for route in table.routes:
            if route.destination_prefix_list_id == prefix_list_id and route.gateway_id != endpoint_id:
                message = (
                    f"route table {route_table_id} already has a route with destination-prefix-list-id "
                    f"{prefix_list_id}"
                )
                raise AwsError("RouteAlreadyExists", message)


def check_private_dns(backend: Any, vpc_id: str, service_name: str, endpoint_id: str) -> None:
    vpc = backend.get_vpc(vpc_id)
    if not (_is_on(vpc.enable_dns_support) and _is_on(vpc.enable_dns_hostnames)):
        message = (
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set "
            f"to true for {vpc_id}"
        )
        raise AwsError("InvalidParameter", message)
    for other in backend.vpc_end_points.values():
        if (
            other.id != endpoint_id
            and other.vpc_id == vpc_id
            and other.service_name == service_name
            and other.private_dns_enabled
            and other.state != "deleted"
        ):
            message = (
                "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
                f"{private_name(service_name)} in the VPC {vpc_id}"
            )
            raise AwsError("InvalidParameter", message)


def _is_on(attribute: Any) -> bool:
    return str(attribute).lower() == "true"


def private_name(service_name: str) -> str:
    """`com.amazonaws.us-east-1.ecr.api` is called api.ecr.us-east-1.amazonaws.com."""
    return ".".join(reversed(service_name.split(".")))
