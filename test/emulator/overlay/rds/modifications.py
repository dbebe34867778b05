"""What a modification changes, and when.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html: some settings change at
once whatever was asked; the others wait for the maintenance window unless they are to be applied immediately,
and are PendingModifiedValues until then. A pending one is taken back by asking for what is there. moto changes
everything at once.
"""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBCluster

from ..operations import AwsError

_CLUSTER = {
    "BackupRetentionPeriod": "backup_retention_period",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "DBClusterParameterGroupName": "parameter_group",
    "DeletionProtection": "deletion_protection",
    "EngineVersion": "engine_version",
    "IAMDatabaseAuthenticationEnabled": "iam_auth",
    "MasterUserPassword": "master_user_password",
    "Port": "port",
    "PreferredBackupWindow": "preferred_backup_window",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "ServerlessV2ScalingConfiguration": "serverless_v2_scaling_configuration",
    "StorageType": "storage_type",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
}
_INSTANCE = {
    "AllocatedStorage": "allocated_storage",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "BackupRetentionPeriod": "backup_retention_period",
    "CACertificateIdentifier": "ca_certificate_identifier",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "DBInstanceClass": "db_instance_class",
    "DBParameterGroupName": "db_parameter_group_name",
    "DBPortNumber": "port",
    "DBSubnetGroupName": "db_subnet_group_name",
    "DeletionProtection": "deletion_protection",
    "EngineVersion": "engine_version",
    "IAMDatabaseAuthenticationEnabled": "enable_iam_database_authentication",
    "Iops": "iops",
    "MasterUserPassword": "master_user_password",
    "MaxAllocatedStorage": "max_allocated_storage",
    "MonitoringInterval": "monitoring_interval",
    "MonitoringRoleArn": "monitoring_role_arn",
    "MultiAZ": "multi_az",
    "PreferredBackupWindow": "preferred_backup_window",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "PromotionTier": "promotion_tier",
    "PubliclyAccessible": "publicly_accessible",
    "StorageThroughput": "storage_throughput",
    "StorageType": "storage_type",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
}
_WAITS_IN_CLUSTER = {"EngineVersion", "IAMDatabaseAuthenticationEnabled", "StorageType"}
_WAITS_IN_INSTANCE = {
    "AllocatedStorage",
    "CACertificateIdentifier",
    "DBInstanceClass",
    "DBSubnetGroupName",
    "EngineVersion",
    "IAMDatabaseAuthenticationEnabled",
    "Iops",
    "MultiAZ",
    "StorageThroughput",
    "StorageType",
}


def split(resource: Any, params: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is asked for, as what changes now and what waits for the maintenance window."""
    is_cluster = isinstance(resource, DBCluster)
    asked = dict(params)
    if "EnableIAMDatabaseAuthentication" in asked:
        asked["IAMDatabaseAuthenticationEnabled"] = asked.pop("EnableIAMDatabaseAuthentication")
    names = _CLUSTER if is_cluster else _INSTANCE
    waits = _WAITS_IN_CLUSTER if is_cluster else _WAITS_IN_INSTANCE
    wanted = {name: value for name, value in asked.items() if name in names}
    if params.get("ApplyImmediately", False):
        return wanted, {}
    now = {name: value for name, value in wanted.items() if name not in waits}
    later = {name: value for name, value in wanted.items() if name in waits}
    if not is_cluster and _turns_backups(resource, wanted):
        later["BackupRetentionPeriod"] = now.pop("BackupRetentionPeriod")
    return now, later


def _turns_backups(instance: Any, wanted: dict[str, Any]) -> bool:
    days = wanted.get("BackupRetentionPeriod")
    return days is not None and (days == 0) != (instance.backup_retention_period == 0)


def value_of(resource: Any, name: str) -> Any:
    if name == "DBSubnetGroupName":
        return resource.db_subnet_group.name
    if name == "StorageType" and resource.storage_type is None:
        return "aurora"
    return getattr(resource, (_CLUSTER if isinstance(resource, DBCluster) else _INSTANCE)[name])


def apply_value(resource: Any, name: str, value: Any) -> None:
    if name == "EngineVersion":
        value = version_of(value)
        if isinstance(resource, DBCluster) and value.split(".")[0] != resource.engine_version.split(".")[0]:
            _regroup_instances(resource, value)
    elif name == "PreferredMaintenanceWindow":
        value = value.lower()
    elif name == "StorageType" and value == "aurora":
        # The usual one is not named.
        value = None
    setattr(resource, (_CLUSTER if isinstance(resource, DBCluster) else _INSTANCE)[name], value)
    if name == "MonitoringInterval" and value == 0:
        resource.monitoring_role_arn = None


def _regroup_instances(cluster: DBCluster, version: str) -> None:
    """A group fits one major version: without a word about it, instances get the default one of the next."""
    major = version.split(".")[0]
    group = cluster.__dict__.pop("group_of_instances", f"default.{cluster.engine}{major}")
    for instance in cluster.backend.databases.values():
        if instance.db_cluster_identifier == cluster.db_cluster_identifier:
            instance.db_parameter_group_name = group


def version_of(asked: str) -> str:
    """Of a major version alone AWS chooses a minor one."""
    return asked if "." in asked else f"{asked}.8"


def check_version(resource: Any, params: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html: never back."""
    wanted = version_of(params.get("EngineVersion", resource.engine_version)).split(".")
    present = resource.engine_version.split(".")
    if [int(part) for part in wanted] < [int(part) for part in present]:
        message = f"Cannot upgrade {resource.engine} from {'.'.join(present)} to {'.'.join(wanted)}"
        raise AwsError("InvalidParameterCombination", message)
    if wanted[0] != present[0] and not params.get("AllowMajorVersionUpgrade", False):
        message = "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        raise AwsError("InvalidParameterCombination", message)


def export_logs(resource: Any, wanted: dict[str, Any]) -> None:
    removed = wanted.get("DisableLogTypes", [])
    kept = [log for log in resource.enabled_cloudwatch_logs_exports if log not in removed]
    resource.enabled_cloudwatch_logs_exports = [
        *kept,
        *(log for log in wanted.get("EnableLogTypes", []) if log not in kept),
    ]


def set_performance_insights(resource: Any, params: dict[str, Any], default_key: str) -> None:
    """
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Enabling.html, which moto forgets:
    seven days if nothing is said, with the key of AWS; the key stays.
    """
    enabled = params.get(
        "EnablePerformanceInsights", getattr(resource, "performance_insights_enabled", False)
    )
    resource.performance_insights_enabled = enabled
    if not enabled:
        resource.performance_insights_kms_key_id = resource.performance_insights_retention_period = None
        return
    days = getattr(resource, "performance_insights_retention_period", None) or 7
    resource.performance_insights_retention_period = params.get("PerformanceInsightsRetentionPeriod", days)
    key = getattr(resource, "performance_insights_kms_key_id", None)
    resource.performance_insights_kms_key_id = key or params.get("PerformanceInsightsKMSKeyId", default_key)
