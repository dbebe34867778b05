"""The states of clusters, instances and their snapshots, and what happens by itself in them.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html (clusters),
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html (instances): creating,
backing-up, available, modifying, stopping, stopped, starting, deleting. moto's are available and gone at once.
Durations: lifecycle "rds/cluster" and "rds/instance", each with these states, and "rds/snapshot", "creating".
A duration for the state "pending-maintenance" of the first two is how long it takes until the maintenance
window, in which changes are made that were not to be applied immediately; zero applies them at once. With a
duration for the state "failed" of "rds/snapshot", every new snapshot fails, and with one of "rds/instance" every
new instance.
Members of a stopped cluster are stopped with it, and AWS starts what was stopped for seven days:
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html
Here it does so when the state "stopped" is over, if that has a duration; without one it never does.
"""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

from moto.core.utils import utcnow
from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstance, DBSnapshot, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from .. import lifecycle
from ..operations import AwsError
from .modifications import apply_value, value_of
from .passwords import RESETTING, is_resetting

CLUSTER = "rds/cluster"
INSTANCE = "rds/instance"
SNAPSHOT = "rds/snapshot"

_BACKUP_FOLLOWS = "backup-follows"
_STOP_FOLLOWS = "stop-follows"
_START_FOLLOWS = "start-follows"
_LONGEST_STOP = timedelta(days=7)
_OF_CLUSTER = ("stopping", "stopped", "starting")


def type_of(resource: Any) -> str:
    return CLUSTER if isinstance(resource, DBCluster) else INSTANCE


def begin(resource: Any, state: str, then: str = "available") -> None:
    if then == "stopped":
        resource.stopped_at, then = utcnow(), _STOP_FOLLOWS
    lifecycle.begin(type_of(resource), resource.arn, state, then)


def begin_creation(resource: Any) -> None:
    """Backups that are on begin with one of the new instance."""
    has_backups = resource.backup_retention_period > 0 and not is_member(resource)
    then = _BACKUP_FOLLOWS if isinstance(resource, DBInstance) and has_backups else "available"
    if isinstance(resource, DBInstance) and lifecycle.lasts(INSTANCE, "failed"):
        then = "failed"
    begin(resource, "creating", then)


def is_member(resource: Any) -> bool:
    return isinstance(resource, DBInstance) and resource.db_cluster_identifier is not None


def shown_as(resource: Any, status: str) -> Any:
    """What the answer to a request shows, even where the state is over at once."""
    shown = copy.copy(resource)
    shown.__dict__["shown_status"] = status
    return shown


def check_available(resource: Any) -> None:
    if resource.status == "available":
        return
    if isinstance(resource, DBCluster):
        message = f"DbCluster {resource.db_cluster_identifier} is in {resource.status} state"
        raise AwsError("InvalidDBClusterStateFault", f"{message} but expected it to be one of available.")
    message = f"Database instance: {resource.db_instance_identifier} is not in available state."
    raise AwsError("InvalidDBInstanceState", message)


def _status(resource: Any) -> str:
    shown = resource.__dict__.get("shown_status")
    if shown is not None:
        return str(shown)
    if is_member(resource):
        of_cluster = resource.cluster.status
        if of_cluster in _OF_CLUSTER:
            return str(of_cluster)
    state = _state(resource)
    if state == _BACKUP_FOLLOWS:
        begin(resource, "backing-up")
        state = _state(resource)
    if state == _STOP_FOLLOWS:
        if not lifecycle.lasts(type_of(resource), "stopped"):
            return "stopped"
        begin(resource, "stopped", then=_START_FOLLOWS)
        state = _state(resource)
    if state == _START_FOLLOWS:
        begin(resource, "starting")
        state = _state(resource)
    if state == "available" and is_resetting(resource):
        return RESETTING
    final = getattr(resource, "final_snapshot", None)
    return "deleting" if state == "deleted" and final is not None and final.status == "creating" else state


def _state(resource: Any) -> str:
    return lifecycle.current(type_of(resource), resource.arn, "available")


def _restart_time(resource: Any) -> Any:
    is_stopped = resource.status == "stopped" and not is_member(resource)
    return resource.stopped_at + _LONGEST_STOP if is_stopped else None


def _snapshot_status(snapshot: Any) -> str:
    shown = snapshot.__dict__.get("shown_status")
    return str(shown) if shown is not None else lifecycle.current(SNAPSHOT, snapshot.arn, "available")


def _ignore(_resource: Any, _value: Any) -> None:
    """moto sets states of its own."""


for _class, _getter in (
    (DBCluster, _status),
    (DBInstance, _status),
    (DBClusterSnapshot, _snapshot_status),
    (DBSnapshot, _snapshot_status),
):
    _class.status = property(_getter, _ignore)  # type: ignore[assignment,union-attr]
for _stoppable in (DBCluster, DBInstance):
    _stoppable.automatic_restart_time = property(_restart_time)  # type: ignore[attr-defined]
    _stoppable.pending_modified_values = property(  # type: ignore[attr-defined]
        lambda resource: {
            **_waiting(resource),
            **({"MasterUserPassword": "****"} if is_resetting(resource) else {}),
        }
    )


def remember_pending(resource: Any, values: dict[str, Any]) -> None:
    """Changes for the maintenance window, as PendingModifiedValues names them."""
    pending = {**_waiting(resource), **values}
    resource.__dict__["waiting"] = {
        name: value for name, value in pending.items() if value != value_of(resource, name)
    }
    if values:
        lifecycle.begin(type_of(resource), f"{resource.arn} window", "pending-maintenance", "window")


def _waiting(resource: Any) -> dict[str, Any]:
    waiting: dict[str, Any] = resource.__dict__.get("waiting", {})
    return waiting


def settle(backend: RDSBackend) -> RDSBackend:
    """What happened by itself since the last request."""
    for resource in [*backend.databases.values(), *backend.clusters.values()]:
        window = lifecycle.current(type_of(resource), f"{resource.arn} window", "none")
        if window == "window" and _waiting(resource):
            apply_pending(resource)
        if resource.status == "deleted":
            _remove(backend, resource)
    return backend


def apply_pending(resource: Any) -> None:
    waiting, resource.__dict__["waiting"] = _waiting(resource), {}
    for name, value in waiting.items():
        apply_value(resource, name, value)


def _remove(backend: RDSBackend, resource: Any) -> None:
    """Automated backups go with what they are of."""
    if isinstance(resource, DBCluster):
        del backend.clusters[resource.db_cluster_identifier]
        snapshots: Any = backend.cluster_snapshots
        of = "db_cluster_identifier"
    else:
        del backend.databases[resource.db_instance_identifier]
        snapshots, of = backend.database_snapshots, "db_instance_identifier"
    for name, snapshot in list(snapshots.items()):
        if snapshot.snapshot_type == "automated" and getattr(snapshot, of) == resource.resource_id:
            del snapshots[name]


RDSResponse.backend = property(  # type: ignore[assignment,method-assign]
    lambda response: settle(rds_backends[response.current_account][response.region])
)
