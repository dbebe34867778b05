"""Load balancers.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html: what a name may be;
it is unique. With the same settings a second call gives back the first load balancer, with others it is
DuplicateLoadBalancerName. Application load balancers have subnets in two zones at least, one in each, of one VPC, and
security groups of it; those that face the internet need an internet gateway. moto makes a second one, in one subnet.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html: one that is
missing hides the others; moto takes another one for it.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html: not with deletion
protection. One that is gone is no error.
"""

from __future__ import annotations

import re
from typing import Any

from moto.ec2.exceptions import InvalidSubnetIdError
from moto.elbv2.responses import ELBV2Response

from .. import staleness
from ..operations import AwsError, Call, operation
from . import load_balancer_attributes, states
from .pages import check_named, invalid, page

_NAME = re.compile(r"[A-Za-z0-9]+(-+[A-Za-z0-9]+)*")


def check_name(what: str, name: str) -> None:
    if len(name) > 32:
        raise invalid(f"The {what} name '{name}' cannot be longer than '32' characters")
    if not _NAME.fullmatch(name):
        message = "can only contain characters that are alphanumeric characters or hyphens(-), not at its ends"
        raise invalid(f"The {what} name '{name}' {message}")


@operation(ELBV2Response, "CreateLoadBalancer")
def create(call: Call) -> Any:
    params = call.params
    name = params["Name"]
    check_name("load balancer", name)
    if name.startswith("internal-"):
        raise invalid(f"The load balancer name '{name}' cannot begin with 'internal-'")
    wanted = _settings_in(params)
    for balancer in _all(call):
        if balancer.name == name and _settings_of(balancer) == wanted:
            return {"LoadBalancers": [balancer]}
        if balancer.name == name:
            message = f"A load balancer with the same name '{name}' exists, but with different settings"
            raise AwsError("DuplicateLoadBalancerName", message)
    if params.get("Type", "application") == "application":
        _check_place(call, params)
    answer = call.original()
    made = next(balancer for balancer in _all(call) if balancer.name == name)
    made.scheme = wanted["scheme"]
    load_balancer_attributes.set_defaults(made)
    states.begin(made)
    staleness.written(made.arn)
    return answer


def _all(call: Call) -> list[Any]:
    return list(call.response.elbv2_backend.load_balancers.values())


def _settings_in(params: dict[str, Any]) -> dict[str, Any]:
    mapped = [mapping["SubnetId"] for mapping in params.get("SubnetMappings", [])]
    return {
        "scheme": params.get("Scheme", "internet-facing"),
        "type": params.get("Type", "application"),
        "ip_address_type": params.get("IpAddressType", "ipv4"),
        "subnets": {*params.get("Subnets", []), *mapped},
        "security_groups": set(params.get("SecurityGroups", [])),
    }


def _settings_of(balancer: Any) -> dict[str, Any]:
    return {
        "scheme": balancer.scheme,
        "type": balancer.type,
        "ip_address_type": balancer.ip_address_type,
        "subnets": {subnet.id for subnet in balancer.subnets},
        "security_groups": set(balancer.security_groups or []),
    }


def _check_place(call: Call, params: dict[str, Any]) -> None:
    settings = _settings_in(params)
    backend = call.response.elbv2_backend.ec2_backend
    try:
        subnets = [backend.get_subnet(subnet_id) for subnet_id in settings["subnets"]]
    except InvalidSubnetIdError as error:
        raise AwsError("SubnetNotFound", str(error.message)) from None
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        raise _not_valid("All subnets must belong to the same VPC")
    zones = {subnet.availability_zone for subnet in subnets}
    if len(zones) < len(subnets):
        raise _not_valid("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    if len(zones) < 2:
        raise invalid("At least two subnets in two different Availability Zones must be specified")
    vpc_id = subnets[0].vpc_id
    for group_id in settings["security_groups"]:
        group = backend.get_security_group_from_id(group_id)
        if group is None:
            raise AwsError("InvalidSecurityGroup", f"Security group '{group_id}' does not exist")
        if group.vpc_id != vpc_id:
            raise _not_valid(f"One or more security groups are invalid: '{group_id}' is not in '{vpc_id}'")
    attached = {gateway.vpc.id for gateway in backend.internet_gateways.values() if gateway.vpc}
    if settings["scheme"] == "internet-facing" and vpc_id not in attached:
        raise AwsError("InvalidSubnet", f"VPC {vpc_id} has no internet gateway")


def _not_valid(message: str) -> AwsError:
    return AwsError("InvalidConfigurationRequest", message)


@operation(ELBV2Response, "DescribeLoadBalancers")
def describe(call: Call) -> Any:
    check_named(call, "LoadBalancerArns", "Names")
    arns, names = call.params.get("LoadBalancerArns", []), call.params.get("Names", [])
    found = [
        balancer
        for balancer in _all(call)
        if not (arns or names) or balancer.arn in arns or balancer.name in names
    ]
    shown = {each for balancer in found for each in (balancer.arn, balancer.name)}
    missing = [each for each in (*arns, *names) if each not in shown]
    if missing:
        raise AwsError("LoadBalancerNotFound", f"Load balancers '[{', '.join(missing)}]' not found")
    return page(call, "LoadBalancers", found)


@operation(ELBV2Response, "DeleteLoadBalancer")
def delete(call: Call) -> Any:
    backend, arn = call.response.elbv2_backend, call.params["LoadBalancerArn"]
    balancer = backend.load_balancers.get(arn)
    if balancer is None:
        return {}
    if balancer.attrs.get("deletion_protection.enabled") == "true":
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise AwsError("OperationNotPermitted", message)
    for each in (arn, *balancer.listeners):
        backend.tagging_service.delete_all_tags_for_resource(each)
    return call.original()
