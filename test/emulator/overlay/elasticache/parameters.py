"""Parameters of parameter groups, which moto lacks.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html,
API_ResetCacheParameterGroup.html: at most 20 at once, all or none.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameters.html: those that
somebody set have the source `user`.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html: their names, defaults and
values, of which this is a choice; those that take effect after a restart leave clusters at pending-reboot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..operations import AwsError, Call
from .pages import page_of
from .parameter_groups import ParameterGroup, parameter_group, users_of
from .refusals import invalid
from .states import elasticache, status_of

_EVICTION = (
    "volatile-lru,allkeys-lru,volatile-lfu,allkeys-lfu,volatile-random,allkeys-random,volatile-ttl,noeviction"
)


@dataclass(frozen=True)
class _Parameter:
    default: str
    # Values, a range of numbers, or anything.
    allowed: str = ""
    modifiable: bool = True
    requires_reboot: bool = False


_PARAMETERS = {
    "activedefrag": _Parameter("no", "yes,no"),
    "appendonly": _Parameter("no", "yes,no", modifiable=False),
    "close-on-replica-write": _Parameter("yes", "yes,no"),
    "cluster-enabled": _Parameter("no", "yes,no", requires_reboot=True),
    "databases": _Parameter("16", "1-1200000", requires_reboot=True),
    "lazyfree-lazy-eviction": _Parameter("no", "yes,no"),
    "lfu-decay-time": _Parameter("1", "0-2147483647"),
    "maxmemory-policy": _Parameter("volatile-lru", _EVICTION),
    "maxmemory-samples": _Parameter("3", "1-2147483647"),
    "notify-keyspace-events": _Parameter(""),
    "reserved-memory-percent": _Parameter("25", "0-100"),
    "slowlog-log-slower-than": _Parameter("10000", "-1-2147483647"),
    "slowlog-max-len": _Parameter("128", "0-2147483647"),
    "tcp-keepalive": _Parameter("300", "0-2147483647"),
    "timeout": _Parameter("0", "0-2147483647"),
}


def static_values(group: ParameterGroup) -> dict[str, str]:
    """What takes effect after a restart only."""
    return {
        name: group.values.get(name, parameter.default)
        for name, parameter in _PARAMETERS.items()
        if parameter.requires_reboot
    }


@elasticache("ModifyCacheParameterGroup")
def modify(call: Call) -> Any:
    group = _changeable(call)
    wanted = _named(call)
    for name, value in wanted.items():
        if not _allows(_PARAMETERS[name], value):
            raise invalid(f"The value {value} is not valid for the parameter {name}.")
    group.values.update(wanted)
    _tell_users(call, group, wanted)
    return {"CacheParameterGroupName": group.name}


@elasticache("ResetCacheParameterGroup")
def reset(call: Call) -> Any:
    group = _changeable(call)
    names = dict(group.values) if call.params.get("ResetAllParameters") else _named(call)
    for name in names:
        group.values.pop(name, None)
    _tell_users(call, group, names)
    return {"CacheParameterGroupName": group.name}


@elasticache("DescribeCacheParameters")
def describe(call: Call) -> Any:
    group = parameter_group(call, call.params["CacheParameterGroupName"])
    source = call.params.get("Source")
    if source not in (None, "user", "system", "engine-default"):
        raise invalid(f"{source} is no source of parameters.")
    shown = [_shown(name, group) for name in _PARAMETERS]
    found = [one for one in shown if source in (None, one["Source"])]
    return {**page_of(call, "Parameters", found, "ParameterName"), "CacheNodeTypeSpecificParameters": []}


def _changeable(call: Call) -> ParameterGroup:
    group = parameter_group(call, call.params["CacheParameterGroupName"])
    if group.is_default:
        raise invalid("Default parameter groups cannot be modified.")
    if any(status_of(user) in ("creating", "modifying") for user in users_of(_backend(call), group.name)):
        raise AwsError(
            "InvalidCacheParameterGroupState", f"Clusters that use {group.name} are being changed."
        )
    return group


def _named(call: Call) -> dict[str, str]:
    named = {
        one["ParameterName"]: one.get("ParameterValue", "")
        for one in call.params.get("ParameterNameValues", [])
    }
    if not 1 <= len(named) <= 20:
        raise invalid("Between 1 and 20 parameters can be given.")
    for name in named:
        if name not in _PARAMETERS:
            raise invalid(f"Could not find the parameter {name}.")
        if not _PARAMETERS[name].modifiable:
            raise invalid(f"The parameter {name} cannot be modified.")
    return named


def _allows(parameter: _Parameter, value: str) -> bool:
    if not parameter.allowed or value in parameter.allowed.split(","):
        return True
    lowest, _, highest = parameter.allowed.rpartition("-")
    return (
        value.lstrip("-").isdecimal()
        and lowest.lstrip("-").isdecimal()
        and int(lowest) <= int(value) <= int(highest)
    )


def _tell_users(call: Call, group: ParameterGroup, names: dict[str, str]) -> None:
    if any(_PARAMETERS[name].requires_reboot for name in names):
        for user in users_of(_backend(call), group.name):
            user.parameters_in_sync = False


def _backend(call: Call) -> Any:
    return call.response.elasticache_backend


def _shown(name: str, group: ParameterGroup) -> dict[str, Any]:
    parameter = _PARAMETERS[name]
    return {
        "ParameterName": name,
        "ParameterValue": group.values.get(name, parameter.default),
        "Source": "user" if name in group.values else "system",
        "DataType": "string",
        "AllowedValues": parameter.allowed,
        "IsModifiable": parameter.modifiable,
        "ChangeType": "requires-reboot" if parameter.requires_reboot else "immediate",
    }
