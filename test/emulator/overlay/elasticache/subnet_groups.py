"""Subnet groups.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html: of existing
subnets of one VPC; moto makes up those that do not exist.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheSubnetGroup.html,
API_DeleteCacheSubnetGroup.html: a subnet with clusters stays in its group, and a group with clusters stays;
moto lacks both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moto.ec2.models import ec2_backends

from .. import staleness
from ..operations import AwsError, Call
from .checks import check_name
from .pages import page_of
from .refusals import invalid
from .states import elasticache
from .tags import check_number_of_tags


@dataclass
class SubnetGroup:
    name: str
    description: str
    subnet_ids: list[str]
    vpc_id: str
    arn: str


def _group(call: Call, name: str) -> SubnetGroup:
    group = call.response.elasticache_backend.cache_subnet_groups.get(name.lower())
    if group is None:
        raise AwsError("CacheSubnetGroupNotFoundFault", f"CacheSubnetGroup {name} not found.")
    return group


def subnets_of(call: Call, name: str | None) -> list[Any]:
    """The subnets in which clusters are made; none outside of a group."""
    if name is None:
        return []
    return [_subnet(call, subnet_id) for subnet_id in _group(call, name).subnet_ids]


def _subnet(call: Call, subnet_id: str) -> Any:
    for of_zone in ec2_backends[call.account][call.region].subnets.values():
        if subnet_id in of_zone:
            return of_zone[subnet_id]
    raise AwsError("InvalidSubnet", f"The subnet ID '{subnet_id}' does not exist")


def _vpc_of(call: Call, subnet_ids: list[str]) -> str:
    if not subnet_ids:
        raise invalid("At least one subnet must be given.")
    vpcs = {_subnet(call, subnet_id).vpc_id for subnet_id in subnet_ids}
    if len(vpcs) > 1:
        raise AwsError("InvalidSubnet", "The subnets must be of one VPC.")
    return vpcs.pop()


def _shown(call: Call, group: SubnetGroup) -> dict[str, Any]:
    subnets = subnets_of(call, group.name)
    return {
        "CacheSubnetGroupName": group.name,
        "CacheSubnetGroupDescription": group.description,
        "VpcId": group.vpc_id,
        "Subnets": [
            {
                "SubnetIdentifier": subnet.id,
                "SubnetAvailabilityZone": {"Name": subnet.availability_zone},
                "SupportedNetworkTypes": ["ipv4"],
            }
            for subnet in subnets
        ],
        "ARN": group.arn,
        "SupportedNetworkTypes": ["ipv4"],
    }


def _users(call: Call, name: str) -> list[Any]:
    groups = call.response.elasticache_backend.replication_groups.values()
    return [group for group in groups if group.cache_subnet_group_name == name]


@elasticache("CreateCacheSubnetGroup")
def create(call: Call) -> Any:
    name, subnet_ids = call.params["CacheSubnetGroupName"].lower(), call.params.get("SubnetIds", [])
    check_name(name, 255)
    check_number_of_tags(call.params.get("Tags", []))
    if not call.params.get("CacheSubnetGroupDescription"):
        raise invalid("The parameter CacheSubnetGroupDescription must be provided and must not be blank.")
    backend = call.response.elasticache_backend
    if name in backend.cache_subnet_groups:
        raise AwsError("CacheSubnetGroupAlreadyExists", f"CacheSubnetGroup {name} already exists.")
    arn = f"arn:{call.partition}:elasticache:{call.region}:{call.account}:subnetgroup:{name}"
    description, vpc_id = call.params["CacheSubnetGroupDescription"], _vpc_of(call, subnet_ids)
    group = SubnetGroup(name, description, list(subnet_ids), vpc_id, arn)
    backend.cache_subnet_groups[name] = group
    backend.tagging_service.tag_resource(arn, call.params.get("Tags", []))
    staleness.written(arn)
    return {"CacheSubnetGroup": _shown(call, group)}


@elasticache("DescribeCacheSubnetGroups")
def describe(call: Call) -> Any:
    if "CacheSubnetGroupName" in call.params:
        return {"CacheSubnetGroups": [_shown(call, _group(call, call.params["CacheSubnetGroupName"]))]}
    groups = call.response.elasticache_backend.cache_subnet_groups.values()
    shown = [_shown(call, group) for group in groups if not staleness.is_hidden("elasticache", group.arn)]
    return page_of(call, "CacheSubnetGroups", shown, "CacheSubnetGroupName")


@elasticache("ModifyCacheSubnetGroup")
def modify(call: Call) -> Any:
    group = _group(call, call.params["CacheSubnetGroupName"])
    subnet_ids = call.params.get("SubnetIds", group.subnet_ids)
    if _vpc_of(call, subnet_ids) != group.vpc_id:
        raise AwsError("InvalidSubnet", "The new subnets are not in the same VPC as the existing ones.")
    for user in _users(call, group.name):
        for member in user.members:
            if member.subnet_id not in subnet_ids:
                raise AwsError(
                    "SubnetInUse",
                    f"The subnet {member.subnet_id} is in use by {user.member_id(member.number)}.",
                )
    group.subnet_ids = list(subnet_ids)
    group.description = call.params.get("CacheSubnetGroupDescription", group.description)
    return {"CacheSubnetGroup": _shown(call, group)}


@elasticache("DeleteCacheSubnetGroup")
def delete(call: Call) -> Any:
    group = _group(call, call.params["CacheSubnetGroupName"])
    if _users(call, group.name):
        raise AwsError(
            "CacheSubnetGroupInUse",
            f"Cache subnet group {group.name} is currently in use by a cache cluster.",
        )
    backend = call.response.elasticache_backend
    del backend.cache_subnet_groups[group.name]
    backend.tagging_service.delete_all_tags_for_resource(group.arn)
    return {}
