"""Attributes of target groups.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html: those there are,
and what their values may be. moto takes any key, and a delay of at most 3599 seconds.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.responses import ELBV2Response

from ..operations import Call, operation
from .pages import invalid

_FLAGS = ("stickiness.enabled",)
_CHOICES = {
    "load_balancing.algorithm.anomaly_mitigation": ("on", "off"),
    "load_balancing.algorithm.type": ("round_robin", "least_outstanding_requests", "weighted_random"),
    "load_balancing.cross_zone.enabled": ("true", "false", "use_load_balancer_configuration"),
    "stickiness.type": ("lb_cookie", "app_cookie", "source_ip"),
    **dict.fromkeys(_FLAGS, ("true", "false")),
}
_DELAY = "deregistration_delay.timeout_seconds"
_SLOW_START = "slow_start.duration_seconds"
_OTHERS = ("stickiness.app_cookie.", "stickiness.lb_cookie.", "target_group_health.")


@operation(ELBV2Response, "ModifyTargetGroupAttributes")
def modify(call: Call) -> Any:
    wanted = {each["Key"]: each.get("Value", "") for each in call.params["Attributes"]}
    for key, value in wanted.items():
        _check(key, value)
    group = call.response.elbv2_backend.target_groups.get(call.params["TargetGroupArn"])
    if group is not None:
        after = {**group.attributes, **wanted}
        if after["load_balancing.algorithm.type"] != "round_robin" and str(after[_SLOW_START]) != "0":
            raise invalid("Slow start mode is available with the algorithm round_robin only")
    if wanted.get(_DELAY) != "3600":
        return call.original()
    group.attributes.update(wanted)
    return {"Attributes": wanted}


def _check(key: str, value: str) -> None:
    if key == _DELAY:
        if not value.isdigit() or int(value) > 3600:
            raise invalid(f"'{key}' value '{value}' must be between '0-3600' inclusive")
    elif key == _SLOW_START:
        if not value.isdigit() or not (int(value) == 0 or 30 <= int(value) <= 900):
            raise invalid(f"'{key}' value '{value}' must be 0, or between '30-900' inclusive")
    elif key in _CHOICES:
        if value not in _CHOICES[key]:
            raise invalid(f"'{key}' must be one of [{', '.join(_CHOICES[key])}]")
    elif not key.startswith(_OTHERS):
        raise invalid(f"Target group attribute key '{key}' is not recognized")
