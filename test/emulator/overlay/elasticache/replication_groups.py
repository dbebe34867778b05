"""Creation, description and deletion of replication groups.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html: what does
not fit together is refused, and so is what refers to nothing.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html: ends, after
a final snapshot if one is asked for, and only then the name is free.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheClusters.html: with the
members. What was created a moment ago may be absent unless it is named (staleness "elasticache").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moto.ec2.models import ec2_backends

from .. import lifecycle, staleness
from ..ec2.interfaces_of_aws import make_interface
from ..operations import AwsError, Call
from .auth_tokens import check_first_token
from .checks import check_name, check_settings
from .engines import NEWEST, family_of, full_version
from .group import Group, Member, now
from .pages import page_of
from .parameter_groups import check_family
from .refusals import impossible, invalid, not_available
from .shown import group_shown, member_shown
from .snapshots import take_snapshot
from .states import LIFECYCLE, begin_deletion, elasticache, enter, group_of, is_there, status_of
from .subnet_groups import subnets_of
from .tags import check_number_of_tags


@elasticache("CreateReplicationGroup")
def create(call: Call) -> Any:
    backend = call.response.elasticache_backend
    name = call.params["ReplicationGroupId"].lower()
    check_name(name, 40)
    if name in backend.replication_groups:
        raise AwsError("ReplicationGroupAlreadyExists", f"Replication group {name} already exists.")
    _check(call)
    group = _made(call, name)
    _place(call, group, 1, call.params.get("NumCacheClusters", 1))
    if group.snapshot_retention_limit > 0:
        group.snapshotting_cluster_id = group.member_ids[-1]
    backend.replication_groups[name] = group
    backend.tagging_service.tag_resource(group.arn, call.params.get("Tags", []))
    staleness.written(group.arn)
    enter(group, "creating", "create-failed" if lifecycle.lasts(LIFECYCLE, "create-failed") else "available")
    return {"ReplicationGroup": group_shown(group)}


def _check(call: Call) -> None:
    params = call.params
    check_settings(call)
    check_number_of_tags(params.get("Tags", []))
    if params.get("NumNodeGroups", 1) != 1 or params.get("ClusterMode", "disabled") != "disabled":
        raise NotImplementedError("Cluster mode is not implemented by the emulator.")
    if not params.get("ReplicationGroupDescription"):
        raise invalid("The parameter ReplicationGroupDescription must be provided and must not be blank.")
    if "CacheNodeType" not in params:
        raise invalid("The parameter CacheNodeType must be provided and must not be null.")
    members = params.get("NumCacheClusters", 1)
    if not 1 <= members <= 6:
        raise invalid("NumCacheClusters must be between 1 and 6.")
    check_failover(
        members, params.get("AutomaticFailoverEnabled", False), params.get("MultiAZEnabled", False)
    )
    if params.get("TransitEncryptionEnabled", False) and "CacheSubnetGroupName" not in params:
        raise impossible("Transit encryption is supported in a VPC only: give a CacheSubnetGroupName.")
    if params.get("KmsKeyId") and not params.get("AtRestEncryptionEnabled", params.get("Engine") == "valkey"):
        raise impossible("KmsKeyId can be given only if AtRestEncryptionEnabled is true.")
    check_first_token(params)


def check_failover(members: int, failover: bool, multi_az: bool) -> None:
    if failover and members < 2:
        message = "there must be at least 2 cache clusters in the replication group."
        raise impossible(f"When using automatic failover, {message}")
    if multi_az and not failover:
        raise impossible("Must enable automatic failover to enable Multi-AZ.")


def _made(call: Call, name: str) -> Group:
    params = call.params
    engine = params.get("Engine", "redis")
    version = full_version(engine, params.get("EngineVersion", NEWEST.get(engine, "")))
    family = family_of(engine, version)
    parameter_group = params.get("CacheParameterGroupName", f"default.{family}")
    check_family(call, parameter_group, family)
    is_encrypted = params.get("TransitEncryptionEnabled", False)
    token = params.get("AuthToken")
    return Group(
        replication_group_id=name,
        arn=f"arn:{call.partition}:elasticache:{call.region}:{call.account}:replicationgroup:{name}",
        description=params["ReplicationGroupDescription"],
        engine=engine,
        engine_version=version,
        cache_node_type=params["CacheNodeType"],
        cache_parameter_group_name=parameter_group,
        cache_subnet_group_name=params.get("CacheSubnetGroupName"),
        security_group_ids=list(params.get("SecurityGroupIds", [])),
        port=params.get("Port", 6379),
        preferred_maintenance_window=params.get("PreferredMaintenanceWindow", "sun:23:00-mon:01:30").lower(),
        snapshot_window=params.get("SnapshotWindow", "05:00-09:00"),
        snapshot_retention_limit=params.get("SnapshotRetentionLimit", 0),
        automatic_failover="enabled" if params.get("AutomaticFailoverEnabled") else "disabled",
        multi_az="enabled" if params.get("MultiAZEnabled") else "disabled",
        auto_minor_version_upgrade=params.get("AutoMinorVersionUpgrade", True),
        at_rest_encryption_enabled=params.get("AtRestEncryptionEnabled", engine == "valkey"),
        kms_key_id=params.get("KmsKeyId"),
        transit_encryption_enabled=is_encrypted,
        transit_encryption_mode=params.get("TransitEncryptionMode", "required") if is_encrypted else None,
        auth_tokens=[token],
        auth_token_last_modified_date=now() if token else None,
        logs={
            log["LogType"]: {key: value for key, value in log.items() if key != "Enabled"}
            for log in params.get("LogDeliveryConfigurations", [])
            if log.get("Enabled", True)
        },
        created=now(),
    )


def _place(call: Call, group: Group, first: int, last: int) -> None:
    """Members one after the other in the subnets, so that they are in different zones as far as possible."""
    subnets = subnets_of(call, group.cache_subnet_group_name)
    ec2 = ec2_backends[call.account][call.region]
    account, region = call.account, call.region
    for number in range(first, last + 1):
        if not subnets:
            group.members.append(Member(number, None, f"{call.region}a"))
            continue
        subnet = subnets[(number - 1) % len(subnets)]
        member = Member(number, subnet.id, subnet.availability_zone)
        group.members.append(member)
        make_interface(
            ec2,
            subnet.id,
            "interface",
            f"ElastiCache {group.member_id(number)}",
            owner_is_gone=lambda of=member: of not in group.members or not is_there(account, region, group),
            group_ids=group.security_group_ids,
            requester_id="amazon-elasticache",
        )


def add_members(call: Call, group: Group, count: int) -> None:
    highest = max(member.number for member in group.members)
    _place(call, group, highest + 1, highest + count)


@elasticache("DescribeReplicationGroups")
def describe(call: Call) -> Any:
    if "ReplicationGroupId" in call.params:
        return {"ReplicationGroups": [group_shown(group_of(call))]}
    groups = [group_shown(group) for group in _visible(call)]
    return page_of(call, "ReplicationGroups", groups, "ReplicationGroupId")


@elasticache("DescribeCacheClusters")
def describe_clusters(call: Call) -> Any:
    if call.params.get("ShowCacheClustersNotInReplicationGroups"):
        return call.original()
    wanted = call.params.get("CacheClusterId")
    if wanted is None:
        return page_of(call, "CacheClusters", _members(_visible(call)), "CacheClusterId")
    everything = _members(call.response.elasticache_backend.replication_groups.values())
    found = [member for member in everything if member["CacheClusterId"] == wanted.lower()]
    return {"CacheClusters": found} if found else call.original()


def _members(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [member_shown(group, member) for group in groups for member in group.members]


def _visible(call: Call) -> list[Group]:
    groups = call.response.elasticache_backend.replication_groups.values()
    return [group for group in groups if not staleness.is_hidden("elasticache", group.arn)]


@elasticache("DeleteReplicationGroup")
def delete(call: Call) -> Any:
    group = group_of(call)
    if status_of(group) not in ("available", "create-failed"):
        raise not_available(
            f"Replication group {group.replication_group_id} is not in a valid state to be deleted."
        )
    if call.params.get("RetainPrimaryCluster"):
        raise NotImplementedError("RetainPrimaryCluster is not implemented by the emulator.")
    snapshot = call.params.get("FinalSnapshotIdentifier")
    if snapshot is not None:
        take_snapshot(call, group, snapshot, [])
    begin_deletion(group, with_snapshot=snapshot is not None)
    return {"ReplicationGroup": group_shown(group)}
