"""Clusters made of others and of snapshots.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html: to a time or the
latest that can be restored, never both; the engine, its version, users and databases are those of the source,
and so is what neither the request nor AWS's default says. API_RestoreDBClusterFromSnapshot.html: of a snapshot
that is available, with the engine of the request, no older than that of the snapshot. Both are `creating` at
first. The maintenance window and the Data API are not among the parameters.
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html: within the retention of backups.
A test may ask what a cluster was restored from (control.py).
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.rds.responses import RDSResponse

from ..operations import AwsError, Call, operation
from .checks import check_parameter_group, key_arn
from .clusters import check_family, finish_creation
from .modifications import version_of
from .passwords import password_of
from .states import begin_creation, shown_as
from .subnet_groups import group_of as subnet_group_of

_FROM_REQUEST = {
    "BackupRetentionPeriod": "backup_retention_period",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "DBClusterParameterGroupName": "db_cluster_parameter_group_name",
    "DBSubnetGroupName": "db_subnet_group_name",
    "DeletionProtection": "deletion_protection",
    "EnableCloudwatchLogsExports": "enable_cloudwatch_logs_exports",
    "EnableIAMDatabaseAuthentication": "enable_iam_database_authentication",
    "Port": "port",
    "PreferredBackupWindow": "preferred_backup_window",
    "ServerlessV2ScalingConfiguration": "serverless_v2_scaling_configuration",
    "StorageType": "storage_type",
    "Tags": "tags",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
}


@operation(RDSResponse, "RestoreDBClusterToPointInTime")
def restore_to_time(call: Call) -> Any:
    params, backend = call.params, call.response.backend
    name = params.get("SourceDBClusterIdentifier", "").lower()
    source = backend.clusters.get(name)
    if source is None:
        message = f"The source cluster could not be found or cannot be accessed: {name}"
        raise AwsError("DBClusterNotFoundFault", message, 404)
    if source.status in ("creating", "deleting"):
        message = f"DbCluster {name} is in {source.status} state but expected it to be one of available."
        raise AwsError("InvalidDBClusterStateFault", message)
    if "KmsKeyId" in params and not source.storage_encrypted:
        raise AwsError("InvalidParameterCombination", "The source cluster is not encrypted.")
    moment = _moment(params, source)
    kept = {
        "backup_retention_period": source.backup_retention_period,
        "serverless_v2_scaling_configuration": source.serverless_v2_scaling_configuration,
    }
    cluster = _restore(call, source, source.engine_version, kept)
    cluster.restored_from = {"source": name, "time": moment}
    return _begun(cluster)


def _moment(params: dict[str, Any], source: Any) -> str | None:
    wanted, latest = params.get("RestoreToTime"), params.get("UseLatestRestorableTime", False)
    if (wanted is not None) == bool(latest):
        message = "Specify either RestoreToTime or UseLatestRestorableTime, and not both of them."
        raise AwsError("InvalidParameterCombination", message)
    if wanted is None:
        return None
    wanted = wanted.replace(tzinfo=wanted.tzinfo or timezone.utc)
    earliest = source.earliest_restorable_time.replace(tzinfo=timezone.utc, microsecond=0)
    if not earliest <= wanted <= datetime.now(timezone.utc):
        message = f"The cluster {source.db_cluster_identifier} cannot be restored to {wanted.isoformat()}."
        raise AwsError("InvalidParameterValue", message)
    return str(wanted.isoformat())


@operation(RDSResponse, "RestoreDBClusterFromSnapshot")
def restore_snapshot(call: Call) -> Any:
    params, backend = call.params, call.response.backend
    name = params["SnapshotIdentifier"].split(":cluster-snapshot:")[-1].lower()
    snapshot = backend.cluster_snapshots.get(name)
    if snapshot is None:
        message = f"DBClusterSnapshot {name} not found."
        raise AwsError("DBClusterSnapshotNotFoundFault", message, 404)
    if snapshot.status != "available":
        message = f"The snapshot {name} is in {snapshot.status} state but expected it to be one of available."
        raise AwsError("InvalidDBClusterSnapshotStateFault", message)
    if params["Engine"] != snapshot.engine:
        message = f"The engine {params['Engine']} is not the one of the snapshot, {snapshot.engine}."
        raise AwsError("InvalidParameterCombination", message)
    version = version_of(params.get("EngineVersion", "16"))
    if _numbers(version) < _numbers(snapshot.engine_version):
        message = f"Cannot upgrade {snapshot.engine} from {snapshot.engine_version} to {version}"
        raise AwsError("InvalidParameterCombination", message)
    cluster = _restore(call, snapshot.cluster, version, {})
    cluster.restored_from = {"source": name, "time": None}
    return _begun(cluster)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _restore(call: Call, source: Any, version: str, kept: dict[str, Any]) -> Any:
    params, backend = call.params, call.response.backend
    name = params["DBClusterIdentifier"].lower()
    if name in backend.clusters:
        raise AwsError("DBClusterAlreadyExistsFault", f"DB Cluster already exists: {name}")
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])
    if "DBClusterParameterGroupName" in params:
        check_parameter_group(call, params["DBClusterParameterGroupName"], "DBCluster")
        check_family(call, params["DBClusterParameterGroupName"], source.engine, version)
    key = key_arn(call, params.get("KmsKeyId")) or (source.kms_key_id if source.storage_encrypted else None)
    asked = {snake: params[camel] for camel, snake in _FROM_REQUEST.items() if camel in params}
    cluster = backend.create_db_cluster(
        {
            **kept,
            "port": source.port,
            **asked,
            "db_cluster_identifier": name,
            "engine": source.engine,
            "engine_version": version,
            "database_name": source.database_name,
            "master_username": source.master_username,
            "master_user_password": password_of(source),
            "storage_encrypted": key is not None,
        }
    )
    finish_creation(call, cluster, key)
    return cluster


def _begun(cluster: Any) -> Any:
    begin_creation(cluster)
    return {"DBCluster": shown_as(cluster, "creating")}
