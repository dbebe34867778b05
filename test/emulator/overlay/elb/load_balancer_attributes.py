"""Attributes of load balancers.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html: all those of
application load balancers with their defaults, and what their values may be. moto has some, and takes any value.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html: all of a
call or none.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from ..operations import Call, operation
from .access_logs import check_access_logs
from .pages import invalid

_DEFAULTS = {
    "access_logs.s3.bucket": "",
    "access_logs.s3.enabled": "false",
    "access_logs.s3.prefix": "",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.prefix": "",
    "deletion_protection.enabled": "false",
    "health_check_logs.s3.bucket": "",
    "health_check_logs.s3.enabled": "false",
    "health_check_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}
_CHOICES = {
    "load_balancing.cross_zone.enabled": ("true",),
    "routing.http.desync_mitigation_mode": ("monitor", "defensive", "strictest"),
    "routing.http.xff_header_processing.mode": ("append", "preserve", "remove"),
}
_RANGES = {
    "client_keep_alive.seconds": (60, 604800),
    "idle_timeout.timeout_seconds": (1, 4000),
}
FakeLoadBalancer.VALID_ATTRS = {*FakeLoadBalancer.VALID_ATTRS, *_DEFAULTS}


def set_defaults(balancer: Any) -> None:
    if balancer.type == "application":
        deny = "true" if balancer.scheme == "internal" else "false"
        balancer.attrs = {**_DEFAULTS, "ipv6.deny_all_igw_traffic": deny}


@operation(ELBV2Response, "ModifyLoadBalancerAttributes")
def modify(call: Call) -> Any:
    balancer = call.response.elbv2_backend.load_balancers.get(call.params["LoadBalancerArn"])
    if balancer is not None and balancer.type == "application":
        wanted = {each["Key"]: each.get("Value", "") for each in call.params["Attributes"]}
        for key, value in wanted.items():
            _check(key, value)
        check_access_logs(call, {**balancer.attrs, **wanted})
    return call.original()


def _check(key: str, value: str) -> None:
    if key in _RANGES:
        least, most = _RANGES[key]
        if not value.isdigit() or not least <= int(value) <= most:
            raise invalid(f"'{key}' value '{value}' must be between '{least}-{most}' inclusive")
    choices = _CHOICES.get(key, ("true", "false") if key.endswith(".enabled") else None)
    if choices is not None and value not in choices:
        raise invalid(f"Load balancer attribute '{key}' must be one of [{', '.join(choices)}]")
