"""Route tables and what they are associated with.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html and
https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html: a subnet has one explicit
association at most, within its VPC, where moto answers a second one with the first; the main association
can be replaced only, and the main table not be deleted.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation


def table_of(call: Call) -> Any:
    table_id = call.params["RouteTableId"]
    table = call.response.ec2_backend.route_tables.get(table_id)
    if table is None:
        raise AwsError(
            "InvalidRouteTableID.NotFound", f"The routeTable ID '{table_id}' does not exist"
        )
    return table


@operation(EC2Response, "AssociateRouteTable")
def associate(call: Call) -> Any:
    table = table_of(call)
    if "SubnetId" not in call.params:
        return call.original()
    backend = call.response.ec2_backend
    subnet = backend.get_subnet(call.params["SubnetId"])
    _check_network(table, subnet)
    if any(subnet.id in each._associations.values() for each in backend.route_tables.values()):
        raise AwsError(
            "Resource.AlreadyAssociated",
            f"the specified association for route table {table.id} conflicts with an existing association",
        )
    return call.original()


@operation(EC2Response, "DisassociateRouteTable")
def disassociate(call: Call) -> Any:
    association_id = call.params["AssociationId"]
    table = _associated(call.response.ec2_backend, association_id)
    if association_id == table.main_association_id:
        raise AwsError(
            "InvalidParameterValue",
            f"cannot disassociate the main route table association {association_id}",
        )
    table._associations.pop(association_id)
    return {}


@operation(EC2Response, "ReplaceRouteTableAssociation")
def replace_association(call: Call) -> Any:
    backend, table = call.response.ec2_backend, table_of(call)
    association_id = call.params["AssociationId"]
    present = _associated(backend, association_id)
    target = present._associations.get(association_id)
    if target is not None and target.startswith("subnet-"):
        _check_network(table, backend.get_subnet(target))
    elif present.vpc_id != table.vpc_id:
        raise AwsError(
            "InvalidParameterValue",
            f"route table {table.id} and route table {present.id} belong to different networks",
        )
    return call.original()


@operation(EC2Response, "DeleteRouteTable")
def delete(call: Call) -> Any:
    backend, table = call.response.ec2_backend, table_of(call)
    if table.main_association_id is not None or table._associations:
        raise AwsError(
            "DependencyViolation", f"The routeTable '{table.id}' has dependencies and cannot be deleted."
        )
    for endpoint in backend.vpc_end_points.values():
        if table.id in (endpoint.route_table_ids or []):
            endpoint.route_table_ids.remove(table.id)
    backend.route_tables.pop(table.id)
    backend.tags.pop(table.id, None)
    return {}


def _associated(backend: Any, association_id: str) -> Any:
    """The table of an association."""
    for table in backend.route_tables.values():
        if association_id in table.all_associations_ids:
            return table
    raise AwsError(
        "InvalidAssociationID.NotFound", f"The association ID '{association_id}' does not exist"
    )


def _check_network(table: Any, subnet: Any) -> None:
    if table.vpc_id != subnet.vpc_id:
        raise AwsError(
            "InvalidParameterValue",
            f"Route table {table.id} and network {subnet.id} belong to different networks",
        )
