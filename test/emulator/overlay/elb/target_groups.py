"""Target groups.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html: with the same
settings a second call gives back the first target group, with others it is DuplicateTargetGroupName, as always in
moto.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html: the bounds of health
checks, which moto knows at creation only.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html: the load balancers are those
that route to it now; moto's are those that ever did.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html: pages.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import FakeTargetGroup, elbv2_backends
from moto.elbv2.responses import ELBV2Response

from .. import staleness
from ..operations import AwsError, Call, operation
from .actions import groups_in
from .load_balancers import check_name
from .pages import check_named, invalid, page

_BOUNDS = {
    "HealthCheckIntervalSeconds": (5, 300),
    "HealthCheckTimeoutSeconds": (2, 120),
    "HealthyThresholdCount": (2, 10),
    "UnhealthyThresholdCount": (2, 10),
}
# What is compared with the settings of the one that is there; defaults are of HTTP.
_SETTINGS = {
    "Protocol": ("protocol", None),
    "Port": ("port", None),
    "VpcId": ("vpc_id", None),
    "TargetType": ("target_type", "instance"),
    "HealthCheckProtocol": ("health_check_protocol", "HTTP"),
    "HealthCheckPort": ("health_check_port", "traffic-port"),
    "HealthCheckPath": ("health_check_path", "/"),
    "HealthCheckIntervalSeconds": ("health_check_interval_seconds", 30),
    "HealthCheckTimeoutSeconds": ("health_check_timeout_seconds", 5),
    "HealthyThresholdCount": ("healthy_threshold_count", 5),
    "UnhealthyThresholdCount": ("unhealthy_threshold_count", 2),
    "Matcher": ("matcher", {"HttpCode": "200"}),
}


@operation(ELBV2Response, "CreateTargetGroup")
def create(call: Call) -> Any:
    params = call.params
    check_name("target group", params["Name"])
    _check_bounds(params, 30, 5)
    for group in call.response.elbv2_backend.target_groups.values():
        if group.name == params["Name"]:
            if all(
                str(params.get(name, otherwise)) == str(getattr(group, attribute))
                for name, (attribute, otherwise) in _SETTINGS.items()
            ):
                return {"TargetGroups": [group]}
            message = f"A target group with the same name '{group.name}' exists, but with different settings"
            raise AwsError("DuplicateTargetGroupName", message)
    answer = call.original()
    for group in call.response.elbv2_backend.target_groups.values():
        if group.name == params["Name"]:
            staleness.written(group.arn)
    return answer


@operation(ELBV2Response, "ModifyTargetGroup")
def modify(call: Call) -> Any:
    group = call.response.elbv2_backend.target_groups.get(call.params["TargetGroupArn"])
    if group is not None:
        _check_bounds(call.params, group.health_check_interval_seconds, group.health_check_timeout_seconds)
    answer = call.original()
    if "Matcher" in call.params:
        group.matcher = call.params["Matcher"]
    return answer


def _check_bounds(params: dict[str, Any], interval: int, timeout: int) -> None:
    for name, (least, most) in _BOUNDS.items():
        if not least <= params.get(name, least) <= most:
            raise invalid(f"{name} '{params[name]}' must be between '{least}' and '{most}'")
    interval = params.get("HealthCheckIntervalSeconds", interval)
    timeout = params.get("HealthCheckTimeoutSeconds", timeout)
    if timeout >= interval:
        message = f"Health check timeout '{timeout}' must be smaller than the interval '{interval}'"
        raise invalid(message)


@operation(ELBV2Response, "DescribeTargetGroups")
def describe(call: Call) -> Any:
    check_named(call, "TargetGroupArns", "Names")
    found = call.response.elbv2_backend.describe_target_groups(
        call.params.get("LoadBalancerArn"), call.params.get("TargetGroupArns", []), call.params.get("Names")
    )
    return page(call, "TargetGroups", list(found))


def _load_balancer_arns(group: Any) -> list[str]:
    backend = elbv2_backends[group.account_id][group.region_name]
    return [
        arn
        for arn, balancer in backend.load_balancers.items()
        if any(
            group.arn in groups_in(action.data)
            for listener in balancer.listeners.values()
            for rule in listener.rules.values()
            for action in rule.actions
        )
    ]


def _ignore(_group: Any, _value: Any) -> None:
    """moto begins with none."""


FakeTargetGroup.load_balancer_arns = property(_load_balancer_arns, _ignore)  # type: ignore[assignment]
