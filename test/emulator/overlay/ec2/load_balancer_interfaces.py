"""Network interfaces of load balancers, which moto has none of.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html:
one in each subnet, with the security groups of the load balancer, called "ELB app/<name>/<id>".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.elbv2.models import ELBv2Backend

from .interfaces_of_aws import make_interface, remove_interface

_TYPES = {"network": "network_load_balancer", "gateway": "gateway_load_balancer"}


def _follow(backend: Any, arn: str) -> None:
    """Gives a load balancer the interfaces that its subnets and groups ask for."""
    balancer = backend.load_balancers.get(arn)
    if balancer is None:
        return
    description = f"ELB {arn.split(':loadbalancer/')[-1]}"
    ec2 = backend.ec2_backend
    present = {each.subnet.id: each for each in ec2.enis.values() if each.description == description}
    wanted = [subnet.id for subnet in balancer.subnets]
    for subnet_id in set(present) - set(wanted):
        remove_interface(ec2, present[subnet_id].id)
    for subnet_id in wanted:
        if subnet_id not in present:
            present[subnet_id] = make_interface(
                ec2,
                subnet_id,
                _TYPES.get(balancer.type, "interface"),
                description,
                owner_is_gone=lambda: arn not in backend.load_balancers,
                requester_id="amazon-elb",
            )
        groups = [ec2.get_security_group_from_id(each) for each in balancer.security_groups or []]
        present[subnet_id]._group_set = [group for group in groups if group is not None]


def _following(original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        arn = getattr(result, "arn", None) or kwargs.get("arn") or args[0]
        _follow(self, arn)
        return result

    return method


for _name in ("create_load_balancer", "set_subnets", "set_security_groups"):
    setattr(ELBv2Backend, _name, _following(getattr(ELBv2Backend, _name)))
