"""DB subnet groups.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html: subnets are in one VPC
and in at least two zones; a name is taken once. moto accepts all, and replaces the group of the same name.
API_ModifyDBSubnetGroup.html: moto loses the group. API_DeleteDBSubnetGroup.html: one that is in use is not
deleted (InvalidDBSubnetGroupStateFault).
"""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import InvalidSubnetIdError
from moto.ec2.models import ec2_backends
from moto.rds.models import DBSubnetGroup
from moto.rds.responses import RDSResponse

from .. import staleness
from ..operations import AwsError, Call, operation

# The name of the field in AWS's answers.
DBSubnetGroup.db_subnet_group_name = property(lambda group: group.name)  # type: ignore[attr-defined]


def group_of(call: Call, name: str) -> Any:
    group = call.response.backend.subnet_groups.get(name)
    if group is None:
        raise AwsError("DBSubnetGroupNotFoundFault", f"DB subnet group '{name}' does not exist.", 404)
    return group


@operation(RDSResponse, "CreateDBSubnetGroup")
def create(call: Call) -> Any:
    name = call.params["DBSubnetGroupName"].lower()
    groups = call.response.backend.subnet_groups
    if name in groups:
        raise AwsError("DBSubnetGroupAlreadyExists", f"The DB subnet group '{name}' already exists.")
    subnets = _subnets(call)
    group = call.response.backend.create_subnet_group(
        name, call.params["DBSubnetGroupDescription"], subnets, call.params.get("Tags", [])
    )
    staleness.written(group.arn)
    return {"DBSubnetGroup": group}


@operation(RDSResponse, "ModifyDBSubnetGroup")
def modify(call: Call) -> Any:
    group = group_of(call, call.params["DBSubnetGroupName"])
    subnets = _subnets(call)
    if any(subnet.vpc_id != group.vpc_id for subnet in subnets):
        raise AwsError("InvalidSubnet", "The new Subnets are not in the same Vpc as the existing subnet group")
    group._subnets = subnets
    group.description = call.params.get("DBSubnetGroupDescription", group.description)
    return {"DBSubnetGroup": group}


def _subnets(call: Call) -> list[Any]:
    backend = ec2_backends[call.account][call.region]
    try:
        subnets = [backend.get_subnet(subnet_id) for subnet_id in call.params["SubnetIds"]]
    except InvalidSubnetIdError:
        raise AwsError("InvalidSubnet", "Some input subnets are invalid.") from None
    if len({subnet.vpc_id for subnet in subnets}) != 1:
        raise AwsError("InvalidSubnet", "The subnets are not all in a common VPC.")
    if len({subnet.availability_zone for subnet in subnets}) < 2:
        message = "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement."
        zones = ", ".join(sorted({subnet.availability_zone for subnet in subnets}))
        raise AwsError(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            f"{message} Current AZ coverage: {zones}. Add subnets to cover at least 2 AZs.",
        )
    return subnets


@operation(RDSResponse, "DeleteDBSubnetGroup")
def delete(call: Call) -> Any:
    group = group_of(call, call.params["DBSubnetGroupName"])
    backend = call.response.backend
    users = [cluster for cluster in backend.clusters.values() if cluster.db_subnet_group == group.name]
    users += [
        instance
        for instance in backend.databases.values()
        if getattr(getattr(instance, "db_subnet_group", None), "name", None) == group.name
    ]
    if users:
        message = f"Cannot delete the subnet group '{group.name}' because at least one database instance:"
        raise AwsError(
            "InvalidDBSubnetGroupStateFault", f"{message} {users[0].resource_id} is still using it."
        )
    del backend.subnet_groups[group.name]
    return {}
