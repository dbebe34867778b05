"""The states of a replication group.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html: creating,
available, modifying, snapshotting, deleting, create-failed. Durations: lifecycle
"elasticache/replication-group"; with one for "create-failed" every new group fails, and one for
"pending-maintenance" is how far off the maintenance window is. moto's are available at once, and deleting for
ever.
What is not available is refused as InvalidReplicationGroupState.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.elasticache.models import elasticache_backends
from moto.elasticache.responses import ElastiCacheResponse

from .. import lifecycle
from ..operations import Call, Handler, operation
from .engines import family_of
from .group import Group
from .refusals import group_not_found, not_available

LIFECYCLE = "elasticache/replication-group"


def elasticache(*names: str) -> Callable[[Handler], Handler]:
    """An operation, before which what has happened meanwhile happens."""

    def register(handler: Handler) -> Handler:
        def up_to_date(call: Call) -> Any:
            settle(call.response.elasticache_backend)
            return handler(call)

        operation(ElastiCacheResponse, *names)(up_to_date)
        return handler

    return register


def status_of(group: Group) -> str:
    return lifecycle.current(LIFECYCLE, group.arn, "available")


def enter(group: Group, state: str, then: str = "available") -> None:
    lifecycle.begin(LIFECYCLE, group.arn, state, then=then)


def begin_deletion(group: Group, with_snapshot: bool) -> None:
    group.going = "snapshotting" if with_snapshot else "deleting"
    enter(group, group.going, then="deleted")


def wait_for_maintenance(group: Group, member: str, value: str) -> None:
    group.pending[member] = value
    lifecycle.begin(LIFECYCLE, f"{group.arn} maintenance", "pending-maintenance", then="over")


def settle(backend: Any) -> None:
    for group in list(backend.replication_groups.values()):
        if lifecycle.current(LIFECYCLE, f"{group.arn} maintenance", "over") == "over":
            apply_pending(group)
        if status_of(group) != "modifying":
            group.former_engine = None
        if group.going == "snapshotting" and status_of(group) == "deleted":
            begin_deletion(group, with_snapshot=False)
        if group.going == "deleting" and status_of(group) == "deleted":
            del backend.replication_groups[group.replication_group_id]
            backend.tagging_service.delete_all_tags_for_resource(group.arn)


def apply_pending(group: Group) -> None:
    if not group.pending:
        return
    group.cache_node_type = group.pending.pop("CacheNodeType", group.cache_node_type)
    version = group.pending.pop("EngineVersion", None)
    if version is not None:
        _upgrade(group, version)
    # The nodes were replaced.
    group.parameters_in_sync = True


def _upgrade(group: Group, version: str) -> None:
    engine = group.pending_with_version.pop("Engine", group.engine)
    if engine != group.engine:
        group.former_engine = group.engine
    group.engine, group.engine_version = engine, version
    parameters = group.pending_with_version.pop("CacheParameterGroupName", group.cache_parameter_group_name)
    is_default = parameters.startswith("default.")
    group.cache_parameter_group_name = f"default.{family_of(engine, version)}" if is_default else parameters


def group_of(call: Call) -> Group:
    return find(call.response.elasticache_backend, call.params["ReplicationGroupId"])


def find(backend: Any, name: str) -> Group:
    group = backend.replication_groups.get(name.lower())
    if group is None:
        raise group_not_found(name)
    return group


def available(call: Call) -> Group:
    """The group that a request names, which has to be available."""
    group = group_of(call)
    if status_of(group) != "available":
        raise not_available("Replication group must be in available state to modify.")
    return group


def is_there(account: str, region: str, group: Group) -> bool:
    backend = elasticache_backends[account][region]
    settle(backend)
    return backend.replication_groups.get(group.replication_group_id) is group
