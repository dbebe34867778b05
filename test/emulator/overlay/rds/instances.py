"""Instances: members of a cluster, and those that stand alone.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: members have the subnet
group of their cluster, which moto leaves out. API_ModifyDBInstance.html: only while it is available; storage
does not shrink. API_DeleteDBInstance.html: protection, and a final snapshot unless it is to be skipped, of
those that stand alone; `deleting` lasts until the snapshot is there. API_StopDBInstance.html,
API_StartDBInstance.html: not of members.
"""

from __future__ import annotations

from typing import Any

from moto.rds.responses import RDSResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from .checks import check_parameter_group, default_key, key_arn
from .modifications import apply_value, export_logs, set_performance_insights, split, version_of
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
from .subnet_groups import group_of as subnet_group_of

_OF_CLUSTER = ("BackupRetentionPeriod", "DeletionProtection", "EngineVersion", "VpcSecurityGroupIds")


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
    key = key_arn(call, params.get("KmsKeyId"))
    if "EngineVersion" in params:
        call.response.params["EngineVersion"] = version_of(params["EngineVersion"])
    call.original()
    instance = backend.databases[name]
    instance.dbi_resource_id = f"db-{abs(hash(instance.arn)):X}"
    if cluster is not None:
        instance.db_subnet_group = backend.subnet_groups.get(cluster.db_subnet_group)
    else:
        instance.kms_key_id = (key or default_key(call)) if instance.storage_encrypted else None
    set_performance_insights(instance, params, default_key(call))
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
    instance, params = instance_of(call), call.params
    check_available(instance)
    _check(call, instance)
    if params.get("ApplyImmediately", False):
        apply_pending(instance)
    now, later = split(instance, params)
    for name, value in now.items():
        apply_value(instance, name, value)
    remember_pending(instance, later)
    export_logs(instance, params.get("CloudwatchLogsExportConfiguration", {}))
    set_performance_insights(instance, params, default_key(call))
    begin(instance, "modifying")
    return {"DBInstance": shown_as(instance, "available")}


def _check(call: Call, instance: Any) -> None:
    params = call.params
    if is_member(instance) and any(name in params for name in _OF_CLUSTER):
        message = "Modify the DB cluster instead: it has this setting for all of its instances."
        raise AwsError("InvalidParameterCombination", message)
    if "DBParameterGroupName" in params:
        check_parameter_group(call, params["DBParameterGroupName"], "DB")
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])
    if params.get("AllocatedStorage", instance.allocated_storage) < instance.allocated_storage:
        raise AwsError("InvalidParameterCombination", "Requested storage must be at least the present one")


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
