"""More and fewer replicas, and a failover to one.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_IncreaseReplicaCount.html,
API_DecreaseReplicaCount.html: at most 5; at least one with automatic failover. The primary stays.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_TestFailover.html
moto lacks all three.
"""

from __future__ import annotations

from typing import Any

from ..operations import AwsError, Call
from .group import Group
from .refusals import impossible, invalid
from .replication_groups import add_members
from .shown import group_shown
from .states import available, elasticache, enter


@elasticache("IncreaseReplicaCount")
def increase(call: Call) -> Any:
    group = available(call)
    wanted = _wanted(call)
    present = len(group.members) - 1
    if wanted <= present:
        raise _nothing_to_do(group, wanted)
    if wanted > 5:
        raise AwsError("NodeQuotaForClusterExceeded", "A replication group can have at most 5 replicas.")
    add_members(call, group, wanted - present)
    enter(group, "modifying")
    return {"ReplicationGroup": group_shown(group)}


@elasticache("DecreaseReplicaCount")
def decrease(call: Call) -> Any:
    group = available(call)
    wanted = _wanted(call)
    if wanted >= len(group.members) - 1:
        raise _nothing_to_do(group, wanted)
    if wanted < 1 and group.multi_az == "enabled":
        raise invalid("Must have at least 1 replica for Multi-AZ enabled Replication Group.")
    if wanted < 1 and group.automatic_failover == "enabled":
        message = "Must have at least 1 replica when cluster mode is disabled with auto failover enabled."
        raise invalid(message)
    replicas = [member for member in group.members if member.number != group.primary]
    for member in replicas[wanted:]:
        group.members.remove(member)
    if group.snapshotting_cluster_id not in (None, *group.member_ids):
        group.snapshotting_cluster_id = group.member_ids[-1]
    enter(group, "modifying")
    return {"ReplicationGroup": group_shown(group)}


@elasticache("TestFailover")
def fail_over(call: Call) -> Any:
    group = available(call)
    if group.automatic_failover != "enabled":
        raise impossible("Automatic failover must be enabled to test it.")
    group.primary = next(member.number for member in group.members if member.number != group.primary)
    enter(group, "modifying")
    return {"ReplicationGroup": group_shown(group)}


def _wanted(call: Call) -> int:
    if not call.params.get("ApplyImmediately", False):
        raise invalid("ApplyImmediately=false is not supported.")
    if "NewReplicaCount" not in call.params:
        raise NotImplementedError("ReplicaConfiguration is not implemented by the emulator.")
    return int(call.params["NewReplicaCount"])


def _nothing_to_do(group: Group, wanted: int) -> AwsError:
    return AwsError(
        "NoOperationFault", f"{group.replication_group_id} cannot be changed so to {wanted} replicas."
    )
