"""What values ElastiCache takes.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html,
API_ModifyReplicationGroup.html; https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html (tokens).
moto takes everything.
"""

from __future__ import annotations

import re
from typing import Any

from moto.ec2.models import ec2_backends

from ..operations import Call
from .refusals import impossible, invalid

_NAME = re.compile(r"[A-Za-z](-?[A-Za-z0-9])*")
_NODE_TYPE = re.compile(r"cache\.[a-z0-9]+\.[a-z0-9]+")
_TOKEN = re.compile(r"[A-Za-z0-9!&#$^<>-]{16,128}")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_WEEK = 7 * 24 * 60


def check_name(name: str, longest: int) -> None:
    if len(name) > longest or not _NAME.fullmatch(name):
        raise invalid(
            f"The parameter {name} is not a valid identifier. Identifiers must begin with a letter; contain "
            "only ASCII letters, digits, and hyphens; not end with a hyphen or contain two consecutive "
            f"hyphens, and have at most {longest} characters."
        )


def check_node_type(node_type: str) -> None:
    if not _NODE_TYPE.fullmatch(node_type):
        raise invalid(f"Invalid Cache Node Type: {node_type}.")


def check_token(token: str) -> None:
    if not _TOKEN.fullmatch(token):
        raise invalid(
            "Invalid AuthToken provided. It has to be 16 to 128 printable characters, of which only "
            "!, &, #, $, ^, <, > and - are no letters or digits."
        )


def check_settings(call: Call) -> None:
    """Those that can be given on creation and later."""
    params = call.params
    if "CacheNodeType" in params:
        check_node_type(params["CacheNodeType"])
    if not 0 <= params.get("SnapshotRetentionLimit", 0) <= 35:
        raise invalid("SnapshotRetentionLimit must be between 0 and 35.")
    if "SnapshotWindow" in params:
        _check_length(params["SnapshotWindow"], _daily(params["SnapshotWindow"]))
    if "PreferredMaintenanceWindow" in params:
        _check_length(params["PreferredMaintenanceWindow"], _weekly(params["PreferredMaintenanceWindow"]))
    groups = {
        group_id for of_vpc in ec2_backends[call.account][call.region].groups.values() for group_id in of_vpc
    }
    for group_id in params.get("SecurityGroupIds", []):
        if group_id not in groups:
            raise invalid(f"Security group {group_id} does not exist.")
    _check_logs(params.get("LogDeliveryConfigurations", []))


def _check_logs(configurations: list[dict[str, Any]]) -> None:
    for wanted in configurations:
        if wanted.get("Enabled", True) and not {"DestinationType", "DestinationDetails", "LogFormat"} <= {
            *wanted
        }:
            raise impossible(
                "DestinationType, DestinationDetails and LogFormat must be given for log delivery."
            )


def _check_length(window: str, minutes: int | None) -> None:
    if minutes is None or minutes < 60:
        raise invalid(f"Invalid window {window}: it has the wrong format, or is shorter than 60 minutes.")


def _daily(window: str) -> int | None:
    times = [_TIME.fullmatch(part) for part in window.split("-")]
    if len(times) != 2 or None in times:
        return None
    start, end = (int(time[1]) * 60 + int(time[2]) for time in times if time is not None)
    return (end - start) % (24 * 60)


def _weekly(window: str) -> int | None:
    ends = []
    for part in window.lower().split("-"):
        day, _, time = part.partition(":")
        match = _TIME.fullmatch(time)
        if day not in _DAYS or match is None:
            return None
        ends.append(_DAYS.index(day) * 24 * 60 + int(match[1]) * 60 + int(match[2]))
    return (ends[1] - ends[0]) % _WEEK if len(ends) == 2 else None
