"""The states of load balancers.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-state:
provisioning, then active or failed. moto's are active as soon as they are looked at. Durations: lifecycle
"elb/load-balancer", "provisioning"; with one for "failed", every new one fails.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import FakeLoadBalancer

from .. import lifecycle

_TYPE = "elb/load-balancer"


def begin(balancer: Any) -> None:
    then = "failed" if lifecycle.lasts(_TYPE, "failed") else "active"
    lifecycle.begin(_TYPE, balancer.arn, "provisioning", then)


def _state(balancer: Any) -> str:
    return lifecycle.current(_TYPE, balancer.arn, "active")


def _ignore(_balancer: Any, _value: Any) -> None:
    """moto sets states of its own."""


def _load_balancer_state(balancer: Any) -> dict[str, str]:
    state = _state(balancer)
    if state == "failed":
        return {"Code": state, "Reason": "The load balancer could not be set up."}
    return {"Code": state}


FakeLoadBalancer.state = property(_state, _ignore)  # type: ignore[assignment,method-assign]
FakeLoadBalancer.load_balancer_state = property(_load_balancer_state)  # type: ignore[assignment,method-assign]
