"""What was created a moment ago, which lists may not show yet (staleness "ec2")."""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from .. import staleness
from ..operations import Call, operation

_MADE_BY = {
    "CreateVpc": "Vpc",
    "CreateSubnet": "Subnet",
    "CreateInternetGateway": "InternetGateway",
    "CreateRouteTable": "RouteTable",
    "CreateNetworkAcl": "NetworkAcl",
    "CreateNetworkInterface": "NetworkInterface",
}


def _remember(name: str, result: str) -> None:
    @operation(EC2Response, name)
    def create(call: Call) -> Any:
        answer = call.original()
        made = answer.result[result]
        staleness.written(made.id)
        if name == "CreateVpc":
            _remember_defaults(call.response.ec2_backend, made.id)
        return answer


def _remember_defaults(backend: Any, vpc_id: str) -> None:
    """The main route table, the default network ACL and the default security group of a new VPC."""
    for resources in (backend.route_tables, backend.network_acls, backend.groups[vpc_id]):
        for resource in resources.values():
            if resource.vpc_id == vpc_id:
                staleness.written(resource.id)


for _name, _result in _MADE_BY.items():
    _remember(_name, _result)
