"""Parameter groups of clusters and of instances.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html and
API_ModifyDBClusterParameterGroup.html: at most 20 parameters in a request, which must exist and be changeable;
one that needs a reboot is not applied immediately. API_ResetDBParameterGroup.html and
API_ResetDBClusterParameterGroup.html: moto lacks them. API_DescribeDBParameters.html: by source, in pages.
API_DeleteDBParameterGroup.html: one that is in use is not deleted (InvalidDBParameterGroupState).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moto.rds.responses import RDSResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from . import parameters
from .pages import page

_PARAMETERS_PER_REQUEST = 20


@dataclass(frozen=True)
class _Kind:
    """How operations on the one kind of groups differ from those on the other."""

    prefix: str
    """`DB` or `DBCluster`."""
    groups: str
    """Where moto keeps them."""
    family: str

    @property
    def name(self) -> str:
        return f"{self.prefix}ParameterGroupName"

    def group(self, call: Call) -> Any:
        name = call.params[self.name]
        group = getattr(call.response.backend, self.groups).get(name)
        if group is None:
            raise AwsError("DBParameterGroupNotFound", f"{self.prefix}ParameterGroup not found: {name}", 404)
        return group

    def users(self, call: Call, name: str) -> list[str]:
        backend = call.response.backend
        if self.prefix == "DBCluster":
            return [user.resource_id for user in backend.clusters.values() if user.parameter_group == name]
        return [
            user.resource_id for user in backend.databases.values() if user.db_parameter_group_name == name
        ]


def _declare(kind: _Kind) -> None:
    @operation(RDSResponse, f"Create{kind.prefix}ParameterGroup")
    def create(call: Call) -> Any:
        name = call.params[kind.name]
        # The answer is moto's, and so are the checks.
        answer = call.original()
        staleness.written(getattr(call.response.backend, kind.groups)[name].arn)
        return answer

    @operation(RDSResponse, f"Modify{kind.prefix}ParameterGroup")
    def modify(call: Call) -> Any:
        group = kind.group(call)
        _check(call.params["Parameters"])
        for changed in call.params["Parameters"]:
            group.parameters[changed["ParameterName"]] = changed
        return {kind.name: group.name}

    @operation(RDSResponse, f"Reset{kind.prefix}ParameterGroup")
    def reset(call: Call) -> Any:
        group = kind.group(call)
        if call.params.get("ResetAllParameters", False):
            group.parameters.clear()
        else:
            _check(call.params.get("Parameters", []))
            for changed in call.params.get("Parameters", []):
                group.parameters.pop(changed["ParameterName"], None)
        return {kind.name: group.name}

    @operation(RDSResponse, f"Describe{kind.prefix}Parameters")
    def describe(call: Call) -> Any:
        group = kind.group(call)
        source = call.params.get("Source")
        found = [
            parameter
            for parameter in parameters.shown(getattr(group, kind.family), group.parameters)
            if source is None or parameter["Source"] == source
        ]
        shown, marker = page(call, found, lambda parameter: parameter["ParameterName"])
        return {"Parameters": shown, "Marker": marker}

    @operation(RDSResponse, f"Delete{kind.prefix}ParameterGroup")
    def delete(call: Call) -> Any:
        group = kind.group(call)
        users = kind.users(call, group.name)
        if users:
            message = "One or more database instances are still members of this parameter group"
            raise AwsError("InvalidDBParameterGroupState", f"{message} {group.name}: {', '.join(users)}")
        del getattr(call.response.backend, kind.groups)[group.name]
        return {}


def _check(changes: list[dict[str, Any]]) -> None:
    if not 1 <= len(changes) <= _PARAMETERS_PER_REQUEST:
        message = f"between 1 and {_PARAMETERS_PER_REQUEST} parameters can be changed in a request"
        raise AwsError("InvalidParameterValue", f"{len(changes)} parameters were given: {message}")
    for changed in changes:
        name = changed["ParameterName"]
        if not parameters.exists(name):
            raise AwsError("InvalidParameterValue", f"Could not find parameter with name: {name}")
        if not parameters.can_be_changed(name):
            raise AwsError("InvalidParameterValue", f"The parameter {name} cannot be modified.")
        if parameters.is_static(name) and changed.get("ApplyMethod") != "pending-reboot":
            message = "cannot use immediate apply method for static parameter"
            raise AwsError("InvalidParameterCombination", message)


_declare(_Kind("DB", "db_parameter_groups", "family"))
_declare(_Kind("DBCluster", "db_cluster_parameter_groups", "db_parameter_group_family"))
