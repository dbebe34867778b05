"""Parameter groups, which moto lacks.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html,
API_DescribeCacheParameterGroups.html, API_DeleteCacheParameterGroup.html: one that clusters use is not
deleted, nor are the default ones, of which each family has one.
What is in them is in parameters.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import staleness
from ..operations import AwsError, Call
from .checks import check_name
from .pages import page_of
from .refusals import impossible, invalid
from .states import elasticache
from .tags import check_number_of_tags

FAMILIES = ("redis5.0", "redis6.x", "redis7", "valkey7", "valkey8")


@dataclass
class ParameterGroup:
    name: str
    family: str
    description: str
    arn: str
    is_default: bool = False
    # Those that somebody set.
    values: dict[str, str] = field(default_factory=dict)


def parameter_groups(backend: Any) -> dict[str, ParameterGroup]:
    if "parameter_groups" not in backend.__dict__:
        backend.parameter_groups = {}
    return backend.parameter_groups


def parameter_group(call: Call, name: str) -> ParameterGroup:
    family = name.removeprefix("default.")
    if family != name and family in FAMILIES:
        return ParameterGroup(name, family, f"Default parameter group for {family}", _arn(call, name), True)
    group = parameter_groups(call.response.elasticache_backend).get(name.lower())
    if group is None:
        raise AwsError("CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.", 404)
    return group


def check_family(call: Call, name: str, family: str) -> None:
    found = parameter_group(call, name).family
    if found != family:
        raise impossible(f"Expected a parameter group of family {family} but found one of family {found}")


def users_of(backend: Any, name: str) -> list[Any]:
    groups = backend.replication_groups.values()
    return [group for group in groups if group.cache_parameter_group_name == name]


def _arn(call: Call, name: str) -> str:
    return f"arn:{call.partition}:elasticache:{call.region}:{call.account}:parametergroup:{name}"


def _shown(group: ParameterGroup) -> dict[str, Any]:
    return {
        "CacheParameterGroupName": group.name,
        "CacheParameterGroupFamily": group.family,
        "Description": group.description,
        "IsGlobal": False,
        "ARN": group.arn,
    }


@elasticache("CreateCacheParameterGroup")
def create(call: Call) -> Any:
    name, family = call.params["CacheParameterGroupName"].lower(), call.params["CacheParameterGroupFamily"]
    check_name(name, 255)
    check_number_of_tags(call.params.get("Tags", []))
    if family not in FAMILIES:
        raise invalid(f"CacheParameterGroupFamily {family} is not a valid parameter group family.")
    if not call.params.get("Description"):
        raise invalid("The parameter Description must be provided and must not be blank.")
    backend = call.response.elasticache_backend
    groups = parameter_groups(backend)
    if name in groups:
        raise AwsError("CacheParameterGroupAlreadyExists", f"Parameter group {name} already exists")
    groups[name] = ParameterGroup(name, family, call.params["Description"], _arn(call, name))
    backend.tagging_service.tag_resource(groups[name].arn, call.params.get("Tags", []))
    staleness.written(groups[name].arn)
    return {"CacheParameterGroup": _shown(groups[name])}


@elasticache("DescribeCacheParameterGroups")
def describe(call: Call) -> Any:
    if "CacheParameterGroupName" in call.params:
        wanted = parameter_group(call, call.params["CacheParameterGroupName"])
        return {"CacheParameterGroups": [_shown(wanted)]}
    defaults = [parameter_group(call, f"default.{family}") for family in FAMILIES]
    made = parameter_groups(call.response.elasticache_backend).values()
    shown = [_shown(one) for one in (*defaults, *made) if not staleness.is_hidden("elasticache", one.arn)]
    return page_of(call, "CacheParameterGroups", shown, "CacheParameterGroupName")


@elasticache("DeleteCacheParameterGroup")
def delete(call: Call) -> Any:
    backend = call.response.elasticache_backend
    group = parameter_group(call, call.params["CacheParameterGroupName"])
    if group.is_default or users_of(backend, group.name):
        message = "One or more cache clusters are still members of this parameter group"
        raise AwsError(
            "InvalidCacheParameterGroupState", f"{message} {group.name}, so the group cannot be deleted."
        )
    del parameter_groups(backend)[group.name]
    backend.tagging_service.delete_all_tags_for_resource(group.arn)
    return {}
