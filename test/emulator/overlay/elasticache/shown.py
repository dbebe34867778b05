"""What descriptions show of replication groups and of their member clusters.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html: endpoints when
there are nodes behind them, so not while it is creating.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html: version, parameter
group, security groups, subnet group and maintenance window are shown here only; and PendingModifiedValues,
which wait for the maintenance window. moto has no member clusters.
"""

from __future__ import annotations

import zlib
from typing import Any

from .group import Group, Member
from .states import status_of


def group_shown(group: Group) -> dict[str, Any]:
    status = status_of(group)
    return {
        "ReplicationGroupId": group.replication_group_id,
        "Description": group.description,
        "Status": status,
        "PendingModifiedValues": {},
        "MemberClusters": group.member_ids,
        "NodeGroups": [] if status == "creating" else [_node_group(group)],
        "SnapshottingClusterId": group.snapshotting_cluster_id,
        "AutomaticFailover": group.automatic_failover,
        "MultiAZ": group.multi_az,
        "SnapshotRetentionLimit": group.snapshot_retention_limit,
        "SnapshotWindow": group.snapshot_window,
        "ClusterEnabled": False,
        "ClusterMode": "disabled",
        "CacheNodeType": group.cache_node_type,
        "DataTiering": "disabled",
        "ARN": group.arn,
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "KmsKeyId": group.kms_key_id,
        "ReplicationGroupCreateTime": group.created,
        "UserGroupIds": [],
        **_in_both(group),
    }


def member_shown(group: Group, member: Member) -> dict[str, Any]:
    name = group.member_id(member.number)
    status = status_of(group)
    return {
        "CacheClusterId": name,
        "ReplicationGroupId": group.replication_group_id,
        "CacheClusterStatus": "creating" if status == "create-failed" else status,
        "CacheNodeType": group.cache_node_type,
        "EngineVersion": group.engine_version,
        "NumCacheNodes": 1,
        "PreferredAvailabilityZone": member.zone,
        "CacheClusterCreateTime": group.created,
        "PreferredMaintenanceWindow": group.preferred_maintenance_window,
        "PendingModifiedValues": dict(group.pending),
        "CacheSecurityGroups": [],
        "CacheParameterGroup": {
            "CacheParameterGroupName": group.cache_parameter_group_name,
            "ParameterApplyStatus": "in-sync" if group.parameters_in_sync else "pending-reboot",
            "CacheNodeIdsToReboot": [] if group.parameters_in_sync else ["0001"],
        },
        "CacheSubnetGroupName": group.cache_subnet_group_name,
        "SecurityGroups": [
            {"SecurityGroupId": group_id, "Status": "active"} for group_id in group.security_group_ids
        ],
        "SnapshotRetentionLimit": _snapshots_of(group, name),
        "SnapshotWindow": group.snapshot_window,
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "ARN": group.arn.replace(f":replicationgroup:{group.replication_group_id}", f":cluster:{name}"),
        "ReplicationGroupLogDeliveryEnabled": bool(group.logs),
        **_in_both(group),
    }


def _snapshots_of(group: Group, name: str) -> int:
    return group.snapshot_retention_limit if name == group.snapshotting_cluster_id else 0


def _in_both(group: Group) -> dict[str, Any]:
    return {
        "Engine": _engine_of(group),
        "AutoMinorVersionUpgrade": group.auto_minor_version_upgrade,
        "AuthTokenEnabled": group.has_token,
        "AuthTokenLastModifiedDate": group.auth_token_last_modified_date,
        "TransitEncryptionEnabled": group.transit_encryption_enabled,
        "TransitEncryptionMode": group.transit_encryption_mode,
        "LogDeliveryConfigurations": [{**log, "Status": "active"} for log in group.logs.values()],
        "NetworkType": "ipv4",
        "IpDiscovery": "ipv4",
    }


def _engine_of(group: Group) -> str:
    """The answer to the change, and descriptions until it is over, show the old one.

    https://github.com/aws-controllers-k8s/elasticache-controller/pull/188
    """
    is_changing = group.former_engine is not None and status_of(group) == "modifying"
    return group.former_engine if is_changing else group.engine


def _node_group(group: Group) -> dict[str, Any]:
    return {
        "NodeGroupId": "0001",
        "Status": status_of(group),
        "PrimaryEndpoint": _endpoint(group, "master"),
        "ReaderEndpoint": _endpoint(group, "replica"),
        "NodeGroupMembers": [
            {
                "CacheClusterId": group.member_id(member.number),
                "CacheNodeId": "0001",
                "ReadEndpoint": _endpoint(group, group.member_id(member.number)),
                "PreferredAvailabilityZone": member.zone,
                "CurrentRole": "primary" if member.number == group.primary else "replica",
            }
            for member in group.members
        ],
    }


def _endpoint(group: Group, host: str) -> dict[str, Any]:
    # Six characters that are the same whenever it is shown, and others for another account or region.
    part = f"{zlib.crc32(group.arn.encode()):08x}"[:6]
    region = group.arn.split(":")[3]
    address = f"{host}.{group.replication_group_id}.{part}.{region.replace('-', '')}.cache.amazonaws.com"
    return {"Address": address, "Port": group.port}
