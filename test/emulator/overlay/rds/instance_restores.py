"""Instances made of others and of snapshots.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html: to a time or the
latest that can be restored, never both, of an instance that has backups; engine, version, users, database, key and
size are those of the source. API_RestoreDBInstanceFromDBSnapshot.html: of a snapshot that is available. Port, class,
retention and window of backups are the source's if nothing is said; all else is AWS's default.
A test may ask what an instance was restored from (control.py).
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.rds.responses import RDSResponse

from ..operations import AwsError, Call, operation
from .checks import check_parameter_group
from .instances import begun, check_family
from .passwords import password_of
from .states import is_member
from .subnet_groups import group_of as subnet_group_of

_FROM_REQUEST = {
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "AvailabilityZone": "availability_zone",
    "BackupRetentionPeriod": "backup_retention_period",
    "CACertificateIdentifier": "ca_certificate_identifier",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "DBInstanceClass": "db_instance_class",
    "DBParameterGroupName": "db_parameter_group_name",
    "DBSubnetGroupName": "db_subnet_group_name",
    "DeletionProtection": "deletion_protection",
    "EnableCloudwatchLogsExports": "enable_cloudwatch_logs_exports",
    "EnableIAMDatabaseAuthentication": "enable_iam_database_authentication",
    "MultiAZ": "multi_az",
    "Port": "port",
    "PreferredBackupWindow": "preferred_backup_window",
    "PubliclyAccessible": "publicly_accessible",
    "StorageType": "storage_type",
    "Tags": "tags",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
}


@operation(RDSResponse, "RestoreDBInstanceToPointInTime")
def restore_to_time(call: Call) -> Any:
    params = call.params
    name = params["SourceDBInstanceIdentifier"].lower()
    source = call.response.backend.databases.get(name)
    if source is None:
        raise AwsError("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    if is_member(source):
        message = f"{name} is a member of a DB cluster: restore the cluster instead."
        raise AwsError("InvalidParameterCombination", message)
    if source.status in ("creating", "deleting"):
        raise AwsError("InvalidDBInstanceState", f"Instance {name} is in {source.status} state.")
    if source.backup_retention_period == 0:
        message = f"Point in time restore is not enabled for {name}: it has no automated backups."
        raise AwsError("PointInTimeRestoreNotEnabled", message)
    moment = _moment(params, source)
    return _restore(call, params["TargetDBInstanceIdentifier"], source, {"source": name, "time": moment})


def _moment(params: dict[str, Any], source: Any) -> str | None:
    wanted, latest = params.get("RestoreTime"), params.get("UseLatestRestorableTime", False)
    if (wanted is not None) == bool(latest):
        message = "Specify either RestoreTime or UseLatestRestorableTime, and not both of them."
        raise AwsError("InvalidParameterCombination", message)
    if wanted is None:
        return None
    wanted = wanted.replace(tzinfo=wanted.tzinfo or timezone.utc)
    made = source.instance_create_time.replace(tzinfo=timezone.utc, microsecond=0)
    if not made <= wanted <= datetime.now(timezone.utc):
        message = f"The specified instance cannot be restored to a time before {made} or after the latest one."
        raise AwsError("InvalidParameterValue", message)
    return str(wanted.isoformat())


@operation(RDSResponse, "RestoreDBInstanceFromDBSnapshot")
def restore_snapshot(call: Call) -> Any:
    name = call.params["DBSnapshotIdentifier"].split(":snapshot:")[-1].lower()
    snapshot = call.response.backend.database_snapshots.get(name)
    if snapshot is None:
        raise AwsError("DBSnapshotNotFound", f"DBSnapshot {name} not found.", 404)
    if snapshot.status != "available":
        message = f"Snapshot {name} is in {snapshot.status} state but expected it to be available."
        raise AwsError("InvalidDBSnapshotState", message)
    restored_from = {"source": name, "time": None}
    return _restore(call, call.params["DBInstanceIdentifier"], snapshot.database, restored_from)


def _restore(call: Call, asked_name: str, source: Any, restored_from: dict[str, Any]) -> Any:
    params, backend, name = call.params, call.response.backend, asked_name.lower()
    if name in backend.databases:
        raise AwsError("DBInstanceAlreadyExists", "DB instance already exists")
    if "DBName" in params:
        raise AwsError("InvalidParameterCombination", f"DBName cannot be given for the engine {source.engine}.")
    if params.get("MultiAZ", False) and "AvailabilityZone" in params:
        message = "Requesting a specific availability zone is not valid for Multi-AZ instances."
        raise AwsError("InvalidParameterCombination", message)
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])
    if "DBParameterGroupName" in params:
        check_parameter_group(call, params["DBParameterGroupName"], "DB")
        check_family(call, params["DBParameterGroupName"], source.engine, source.engine_version)
    backend.create_db_instance(
        {
            "backup_retention_period": source.backup_retention_period,
            "db_instance_class": source.db_instance_class,
            "port": source.port,
            "preferred_backup_window": source.preferred_backup_window,
            "storage_type": "gp3",
            **{snake: params[camel] for camel, snake in _FROM_REQUEST.items() if camel in params},
            "allocated_storage": source.allocated_storage,
            "db_instance_identifier": name,
            "db_name": source.db_name,
            "engine": source.engine,
            "engine_version": source.engine_version,
            "kms_key_id": source.kms_key_id,
            "license_model": source.license_model,
            "master_username": source.master_username,
            "master_user_password": password_of(source),
            "storage_encrypted": source.storage_encrypted,
        }
    )
    instance = backend.databases[name]
    instance.restored_from = restored_from
    return begun(call, instance)
