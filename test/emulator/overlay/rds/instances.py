"""Instances: members of a cluster, and those that stand alone.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: members have the subnet
group of their cluster, which moto leaves out. API_ModifyDBInstance.html: only while it is available; the
parameter group of another major version comes with the upgrade to it. API_DeleteDBInstance.html: protection, and
a final snapshot unless it is to be skipped, of those that stand alone; `deleting` lasts until the snapshot is
there; without one also what failed. API_StopDBInstance.html, API_StartDBInstance.html: not of members.
"""

from __future__ import annotations

from typing import Any

from moto.rds.responses import RDSResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from .checks import check_parameter_group, default_key, key_arn
from .modifications import (
    apply_value,
    check_version,
    export_logs,
    set_performance_insights,
    split,
    version_of,
)
from .passwords import change_password, check_password
from .snapshots import take_instance_snapshot
from .states import (
    apply_pending,
    begin,
    begin_creation,
    check_available,
    is_member,
    remember_pending,
    shown_as,
)
from .storage import OPTIMIZING, check_storage, lasts_optimizing, with_least_growth
from .subnet_groups import group_of as subnet_group_of

_OF_CLUSTER = (
    "BackupRetentionPeriod",
    "DeletionProtection",
    "EngineVersion",
    "MasterUserPassword",
    "VpcSecurityGroupIds",
)


def instance_of(call: Call) -> Any:
    name = call.params["DBInstanceIdentifier"]
    instance = call.response.backend.databases.get(name)
    if instance is None:
        raise AwsError("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    return instance


@operation(RDSResponse, "CreateDBInstance")
def create(call: Call) -> Any:
    params, backend = call.params, call.response.backend
    name = params["DBInstanceIdentifier"].lower()
    if name in backend.databases:
        raise AwsError("DBInstanceAlreadyExists", "DB instance already exists")
    cluster = _cluster(call)
    if "DBParameterGroupName" in params:
        check_parameter_group(call, params["DBParameterGroupName"], "DB")
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])
    if "MasterUserPassword" in params:
        check_password(params["MasterUserPassword"])
    key = key_arn(call, params.get("KmsKeyId"))
    if "EngineVersion" in params:
        call.response.params["EngineVersion"] = version_of(params["EngineVersion"])
    if "DBParameterGroupName" in params:
        version = cluster.engine_version if cluster is not None else call.response.params.get("EngineVersion")
        if version is not None:
            check_family(call, params["DBParameterGroupName"], params["Engine"], version)
    call.original()
    instance = backend.databases[name]
    if cluster is not None:
        instance.db_subnet_group = backend.subnet_groups.get(cluster.db_subnet_group)
    else:
        instance.kms_key_id = (key or default_key(call)) if instance.storage_encrypted else None
    return begun(call, instance)


def begun(call: Call, instance: Any) -> Any:
    instance.dbi_resource_id = f"db-{abs(hash(instance.arn)):X}"
    set_performance_insights(instance, call.params, default_key(call))
    begin_creation(instance)
    staleness.written(instance.arn)
    return {"DBInstance": shown_as(instance, "creating")}


def _cluster(call: Call) -> Any:
    name = call.params.get("DBClusterIdentifier")
    if name is None:
        return None
    cluster = call.response.backend.clusters.get(name)
    if cluster is None:
        message = f"The source cluster could not be found or cannot be accessed: {name}"
        raise AwsError("DBClusterNotFoundFault", message, 404)
    if cluster.status in ("stopping", "stopped", "starting", "deleting"):
        message = f"DbCluster {name} is in {cluster.status} state but expected it to be one of available."
        raise AwsError("InvalidDBClusterStateFault", message)
    return cluster


@operation(RDSResponse, "ModifyDBInstance")
def modify(call: Call) -> Any:
    instance = instance_of(call)
    is_resized = check_storage(instance, call.params)
    _check(call, instance)
    params = with_least_growth(instance, change_password(instance, call.params))
    if params.get("ApplyImmediately", False):
        apply_pending(instance)
    now, later = split(instance, params)
    if "EngineVersion" in later:
        later["EngineVersion"] = version_of(later["EngineVersion"])
        # Of the group PendingModifiedValues say nothing.
        if _major(later["EngineVersion"]) != _major(instance.engine_version) and "DBParameterGroupName" in now:
            later["DBParameterGroupName"] = now.pop("DBParameterGroupName")
    for name, value in now.items():
        apply_value(instance, name, value)
    remember_pending(instance, later)
    export_logs(instance, params.get("CloudwatchLogsExportConfiguration", {}))
    set_performance_insights(instance, params, default_key(call))
    begin(instance, OPTIMIZING if is_resized and lasts_optimizing() else "modifying")
    return {"DBInstance": shown_as(instance, "available")}


def _check(call: Call, instance: Any) -> None:
    params = call.params
    if is_member(instance) and any(name in params for name in _OF_CLUSTER):
        message = "Modify the DB cluster instead: it has this setting for all of its instances."
        raise AwsError("InvalidParameterCombination", message)
    check_version(instance, params)
    if "DBParameterGroupName" in params:
        check_parameter_group(call, params["DBParameterGroupName"], "DB")
        version = version_of(params.get("EngineVersion", instance.engine_version))
        check_family(call, params["DBParameterGroupName"], instance.engine, version)
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])


def check_family(call: Call, group: str, engine: str, version: str) -> None:
    groups = call.response.backend.db_parameter_groups
    family = groups[group].family if group in groups else group.removeprefix("default.")
    if "postgres" in engine and family != f"{engine}{_major(version)}":
        message = f"The parameter group {group} with DBParameterGroupFamily {family} cannot be used for this instance."
        wanted = f"Please use a parameter group with DBParameterGroupFamily {engine}{_major(version)}."
        raise AwsError("InvalidParameterCombination", f"{message} {wanted}")


def _major(version: str) -> str:
    return version.split(".")[0]


@operation(RDSResponse, "DeleteDBInstance")
def delete(call: Call) -> Any:
    instance, params = instance_of(call), call.params
    if instance.deletion_protection:
        message = "Cannot delete protected DB Instance, please disable deletion protection and try again."
        raise AwsError("InvalidParameterCombination", message)
    if instance.status == "deleting":
        message = f"Instance {instance.resource_id} is already being deleted."
        raise AwsError("InvalidDBInstanceState", message)
    if is_member(instance):
        if instance.status != "failed":
            check_available(instance)
    elif not params.get("SkipFinalSnapshot", False):
        if "FinalDBSnapshotIdentifier" not in params:
            message = "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            raise AwsError("InvalidParameterCombination", message)
        check_available(instance)
        instance.final_snapshot = take_instance_snapshot(call, instance, params["FinalDBSnapshotIdentifier"])
    begin(instance, "deleting", then="deleted")
    return {"DBInstance": shown_as(instance, "deleting")}


def _alone(call: Call) -> Any:
    instance = instance_of(call)
    if is_member(instance):
        message = "Instances of Aurora are stopped and started with their DB cluster."
        raise AwsError("InvalidParameterCombination", message)
    return instance


@operation(RDSResponse, "StopDBInstance")
def stop(call: Call) -> Any:
    instance = _alone(call)
    check_available(instance)
    begin(instance, "stopping", then="stopped")
    return {"DBInstance": shown_as(instance, "stopping")}


@operation(RDSResponse, "StartDBInstance")
def start(call: Call) -> Any:
    instance = _alone(call)
    if instance.status != "stopped":
        message = f"Instance {instance.resource_id} is not stopped, it cannot be started."
        raise AwsError("InvalidDBInstanceState", message)
    begin(instance, "starting")
    return {"DBInstance": shown_as(instance, "starting")}
