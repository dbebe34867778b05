"""Snapshots of replication groups.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html, API_Snapshot.html:
creating, then available; the group is snapshotting meanwhile. Durations: lifecycle "elasticache/snapshot",
state "creating". moto's are available at once.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeSnapshots.html: those of a group
that is gone are found by its name, which moto refuses.
"""

from __future__ import annotations

from typing import Any

from moto.elasticache.models import Snapshot

from .. import lifecycle
from ..operations import AwsError, Call
from .checks import check_name
from .group import Group
from .states import available, elasticache, enter

_LIFECYCLE = "elasticache/snapshot"


def _status(snapshot: Any) -> str:
    return lifecycle.current(_LIFECYCLE, snapshot.arn, "available")


# moto sets it, and shows it; here it is what the clock says.
Snapshot.snapshot_status = property(_status, lambda _snapshot, _status: None)  # type: ignore[assignment]


@elasticache("CreateSnapshot")
def create(call: Call) -> Any:
    if "ReplicationGroupId" not in call.params:
        return call.original()
    group = available(call)
    snapshot = take_snapshot(call, group, call.params["SnapshotName"], call.params.get("Tags", []))
    enter(group, "snapshotting")
    return {"Snapshot": snapshot}


def take_snapshot(call: Call, group: Group, name: str, tags: list[dict[str, str]]) -> Snapshot:
    check_name(name, 255)
    backend = call.response.elasticache_backend
    if name in backend.snapshots:
        raise AwsError("SnapshotAlreadyExistsFault", f"Snapshot {name} already exists.")
    snapshot = backend.create_snapshot(
        snapshot_name=name,
        replication_group_id=group.replication_group_id,
        cache_cluster_id=None,
        kms_key_id=group.kms_key_id,
        tags=tags,
    )
    lifecycle.begin(_LIFECYCLE, snapshot.arn, "creating", then="available")
    return snapshot


@elasticache("DescribeSnapshots")
def describe(call: Call) -> Any:
    wanted = call.params.get("ReplicationGroupId")
    if wanted is None or "SnapshotName" in call.params:
        return call.original()
    snapshots = call.response.elasticache_backend.snapshots.values()
    return {"Snapshots": [one for one in snapshots if one.replication_group_id == wanted]}


@elasticache("DeleteSnapshot")
def delete(call: Call) -> Any:
    snapshot = call.response.elasticache_backend.snapshots.get(call.params["SnapshotName"])
    if snapshot is not None and _status(snapshot) != "available":
        raise AwsError("InvalidSnapshotState", f"Snapshot {snapshot.snapshot_name} is not available.")
    return call.original()
