"""ModifyReplicationGroup.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html; moto knows
six of its parameters. A node type, engine or version that is not to be applied immediately waits for the
maintenance window, and so does a parameter group of another family, which fits nothing before it. A newer
change takes the place of one that waits, also where it changes nothing.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html: versions are never lowered;
with another engine come a version of it and, in place of a group of parameters that is no default one, another
that says the same of those that need a restart.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html: encryption in
transit is switched on, and off, by way of the mode `preferred`, from version 7 on.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
"""

from __future__ import annotations

from typing import Any

from ..operations import Call
from . import auth_tokens
from .checks import check_settings
from .engines import at_least, check_upgrade, family_of, full_version
from .group import Group
from .parameter_groups import check_family, parameter_group
from .parameters import static_values
from .refusals import impossible, invalid
from .replication_groups import check_failover
from .shown import group_shown
from .states import apply_pending, available, elasticache, enter, wait_for_maintenance


@elasticache("ModifyReplicationGroup")
def modify(call: Call) -> Any:
    group = available(call)
    params = call.params
    check_settings(call)
    _check_failover(group, params)
    _check_version(call, group)
    _check_transit_encryption(group, params)
    auth_tokens.check_change(group, params)
    if "SnapshottingClusterId" in params and params["SnapshottingClusterId"] not in group.member_ids:
        raise invalid(f"{params['SnapshottingClusterId']} is no member of the replication group.")
    if params.get("SnapshotRetentionLimit", 0) > 0 and group.snapshotting_cluster_id is None:
        if "SnapshottingClusterId" not in params:
            raise impossible("SnapshottingClusterId must be given when snapshots are switched on.")
    _change_settings(group, params)
    _change_encryption(group, params)
    auth_tokens.change(group, params)
    _change_nodes(group, params)
    enter(group, "modifying")
    return {"ReplicationGroup": group_shown(group)}


def _check_failover(group: Group, params: dict[str, Any]) -> None:
    failover = params.get("AutomaticFailoverEnabled", group.automatic_failover == "enabled")
    multi_az = params.get("MultiAZEnabled", group.multi_az == "enabled")
    check_failover(len(group.members), failover, multi_az)


def _check_version(call: Call, group: Group) -> None:
    params = call.params
    engine, version = params.get("Engine", group.engine), group.engine_version
    if engine not in ("redis", "valkey"):
        raise invalid(f"{engine} is no engine of replication groups.")
    if engine != group.engine and "EngineVersion" not in params:
        raise impossible("EngineVersion must be given with another Engine.")
    if "EngineVersion" in params:
        version = full_version(engine, params["EngineVersion"])
        check_upgrade((group.engine, group.engine_version), (engine, version))
    name = params.get("CacheParameterGroupName", group.cache_parameter_group_name)
    if name != group.cache_parameter_group_name or not name.startswith("default."):
        _check_parameters(call, group, name, engine, version)


def _check_parameters(call: Call, group: Group, name: str, engine: str, version: str) -> None:
    wanted, present = (parameter_group(call, one) for one in (name, group.cache_parameter_group_name))
    its_engine = wanted.family.rstrip(".0123456789x")
    if its_engine != engine:
        raise impossible(f"{its_engine} parameter group is not applicable to engine {engine}")
    check_family(call, name, family_of(engine, version))
    if engine != group.engine and static_values(wanted) != static_values(present):
        raise impossible(f"{name} and {present.name} differ in parameters that need a restart.")


def _check_transit_encryption(group: Group, params: dict[str, Any]) -> None:
    is_on = params.get("TransitEncryptionEnabled", group.transit_encryption_enabled)
    mode = params.get("TransitEncryptionMode", group.transit_encryption_mode)
    if (is_on, mode) == (group.transit_encryption_enabled, group.transit_encryption_mode):
        return
    if not at_least(group.engine_version, 7):
        raise impossible("Transit encryption can be changed from version 7.0 on only.")
    if not group.transit_encryption_enabled and mode != "preferred":
        raise impossible("Transit encryption can be enabled with the mode preferred only.")
    if not is_on and group.transit_encryption_mode != "preferred":
        raise impossible("Transit encryption can be disabled in the mode preferred only.")
    if not is_on and group.has_token:
        raise impossible("Transit encryption cannot be disabled while there is an auth token.")


def _change_settings(group: Group, params: dict[str, Any]) -> None:
    group.description = params.get("ReplicationGroupDescription", group.description)
    group.security_group_ids = list(params.get("SecurityGroupIds", group.security_group_ids))
    window = params.get("PreferredMaintenanceWindow", group.preferred_maintenance_window)
    group.preferred_maintenance_window = window.lower()
    group.snapshot_window = params.get("SnapshotWindow", group.snapshot_window)
    group.snapshotting_cluster_id = params.get("SnapshottingClusterId", group.snapshotting_cluster_id)
    group.snapshot_retention_limit = params.get("SnapshotRetentionLimit", group.snapshot_retention_limit)
    if group.snapshot_retention_limit == 0:
        group.snapshotting_cluster_id = None
    group.auto_minor_version_upgrade = params.get("AutoMinorVersionUpgrade", group.auto_minor_version_upgrade)
    for member, attribute in (
        ("AutomaticFailoverEnabled", "automatic_failover"),
        ("MultiAZEnabled", "multi_az"),
    ):
        if member in params:
            setattr(group, attribute, "enabled" if params[member] else "disabled")
    for log in params.get("LogDeliveryConfigurations", []):
        group.logs.pop(log["LogType"], None)
        if log.get("Enabled", True):
            group.logs[log["LogType"]] = {key: value for key, value in log.items() if key != "Enabled"}


def _change_encryption(group: Group, params: dict[str, Any]) -> None:
    group.transit_encryption_enabled = params.get(
        "TransitEncryptionEnabled", group.transit_encryption_enabled
    )
    mode = params.get("TransitEncryptionMode", group.transit_encryption_mode)
    group.transit_encryption_mode = mode if group.transit_encryption_enabled else None


def _change_nodes(group: Group, params: dict[str, Any]) -> None:
    if "CacheNodeType" in params:
        wait_for_maintenance(group, "CacheNodeType", params["CacheNodeType"])
    _change_version(group, params)
    if params.get("ApplyImmediately", False):
        apply_pending(group)
        return
    for member, present in (("CacheNodeType", group.cache_node_type), ("EngineVersion", group.engine_version)):
        if group.pending.get(member) == present:
            del group.pending[member]


def _change_version(group: Group, params: dict[str, Any]) -> None:
    engine, parameters = params.get("Engine", group.engine), params.get("CacheParameterGroupName")
    if "EngineVersion" not in params:
        group.cache_parameter_group_name = parameters or group.cache_parameter_group_name
        return
    version = full_version(engine, params["EngineVersion"])
    wait_for_maintenance(group, "EngineVersion", version)
    group.pending_with_version = {"Engine": engine}
    if family_of(engine, version) == family_of(group.engine, group.engine_version):
        group.cache_parameter_group_name = parameters or group.cache_parameter_group_name
    elif parameters is not None:
        group.pending_with_version["CacheParameterGroupName"] = parameters
