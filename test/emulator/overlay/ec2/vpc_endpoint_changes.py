"""Changes of VPC endpoints.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html
moto ignores ResetPolicy and PrivateDnsEnabled, and changes neither routes nor interfaces. Only an available
endpoint is changed; otherwise OperationInProgress, as in
https://github.com/hashicorp/terraform-provider-aws/issues/42875. While interfaces come and go, the endpoint
is pending again.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from .. import lifecycle
from ..operations import AwsError, Call, operation
from . import vpc_endpoint_rules as rules
from .interfaces_of_aws import remove_interface
from .vpc_endpoints import (
    LIFECYCLE,
    add_route_tables,
    add_subnets,
    default_policy,
    not_found,
    remove_route_tables,
)


@operation(EC2Response, "ModifyVpcEndpoint")
def modify(call: Call) -> Any:
    endpoint = call.response.ec2_backend.vpc_end_points.get(call.params["VpcEndpointId"])
    if endpoint is None or endpoint.state == "deleted":
        raise not_found(call.params["VpcEndpointId"])
    if endpoint.state != "available":
        message = f"VpcEndpoint modify operation in progress: {endpoint.id} is {endpoint.state}"
        raise AwsError("OperationInProgress", message)
    subnet_ids = _changed(call, "SubnetIds", list(endpoint.network_interfaces))
    group_ids = _changed(call, "SecurityGroupIds", endpoint.security_group_ids)
    _check(call, endpoint, subnet_ids, group_ids)

    add_route_tables(endpoint, call.params.get("AddRouteTableIds", []))
    remove_route_tables(endpoint, call.params.get("RemoveRouteTableIds", []))
    _set_security_groups(endpoint, group_ids)
    _set_subnets(endpoint, subnet_ids)
    if call.params.get("ResetPolicy"):
        endpoint.policy_document = default_policy(endpoint.vpc_endpoint_type)
    endpoint.policy_document = call.params.get("PolicyDocument", endpoint.policy_document)
    endpoint.private_dns_enabled = call.params.get("PrivateDnsEnabled", endpoint.private_dns_enabled)
    return {"Return": True}


def _changed(call: Call, name: str, present: list[str]) -> list[str]:
    removed = call.params.get(f"Remove{name}", [])
    added = [one for one in call.params.get(f"Add{name}", []) if one not in present]
    return [one for one in [*present, *added] if one not in removed]


def _check(call: Call, endpoint: Any, subnet_ids: list[str], group_ids: list[str]) -> None:
    backend, params, kind = call.response.ec2_backend, call.params, endpoint.vpc_endpoint_type
    added_tables = params.get("AddRouteTableIds", [])
    of_gateways = ("AddRouteTableIds", "RemoveRouteTableIds")
    of_interfaces = (
        "AddSubnetIds",
        "RemoveSubnetIds",
        "AddSecurityGroupIds",
        "RemoveSecurityGroupIds",
        "PrivateDnsEnabled",
    )
    rules.check_only(kind, "Gateway", **{name: params.get(name) for name in of_gateways})
    rules.check_only(kind, "Interface", **{name: params.get(name) for name in of_interfaces})
    if params.get("ResetPolicy") and "PolicyDocument" in params:
        message = "ResetPolicy and PolicyDocument cannot be used together"
        raise AwsError("InvalidParameterCombination", message)
    rules.check_policy(params.get("PolicyDocument"))
    if added_tables:
        prefix_list = endpoint.destination_prefix_list_id
        rules.check_route_tables(backend, endpoint.vpc_id, prefix_list, added_tables, endpoint.id)
    rules.check_subnets(backend, endpoint.vpc_id, subnet_ids)
    rules.check_security_groups(backend, endpoint.vpc_id, group_ids)
    if kind == "Interface" and not group_ids:
        raise AwsError("InvalidParameter", "A VPC endpoint must have at least one security group.")
    if params.get("PrivateDnsEnabled"):
        rules.check_private_dns(backend, endpoint.vpc_id, endpoint.service_name, endpoint.id)


def _set_security_groups(endpoint: Any, group_ids: list[str]) -> None:
    endpoint.security_group_ids = group_ids
    groups = [endpoint.ec2_backend.get_security_group_from_id(group_id) for group_id in group_ids]
    for interface in endpoint.network_interfaces.values():
        interface._group_set = list(groups)


def _set_subnets(endpoint: Any, subnet_ids: list[str]) -> None:
    removed = [one for one in endpoint.network_interfaces if one not in subnet_ids]
    added = [one for one in subnet_ids if one not in endpoint.network_interfaces]
    for subnet_id in removed:
        remove_interface(endpoint.ec2_backend, endpoint.network_interfaces.pop(subnet_id).id)
    add_subnets(endpoint, added)
    if removed or added:
        lifecycle.begin(LIFECYCLE, endpoint.id, "pending", then="available")
