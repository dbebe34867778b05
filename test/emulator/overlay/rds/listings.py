"""Descriptions in pages, which moto ignores for most.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSubnetGroups.html and the pages of the
other descriptions. A group that does not exist is an error only where it was asked for by its name; moto has
an empty list for one that is missing among DB parameter groups.
"""

from __future__ import annotations

from typing import Any

from moto.rds.responses import RDSResponse

from ..operations import AwsError, Call, operation
from .pages import page


def _declare(name: str, result: str, missing: tuple[str, str] | None = None) -> None:
    @operation(RDSResponse, name)
    def describe(call: Call) -> Any:
        found = _found(call, result)
        if missing is not None and not found and missing[0] in call.params:
            wanted = call.params[missing[0]]
            raise AwsError(missing[1], f"{missing[0]} not found: {wanted}", 404)
        shown, marker = page(call, found, lambda item: item.resource_id)
        return {result: shown, "Marker": marker}


def _found(call: Call, result: str) -> list[Any]:
    return list(call.original().result[result])


_declare("DescribeDBClusters", "DBClusters")
_declare("DescribeDBInstances", "DBInstances")
_declare("DescribeDBClusterSnapshots", "DBClusterSnapshots")
_declare("DescribeDBSnapshots", "DBSnapshots")
_declare("DescribeDBSubnetGroups", "DBSubnetGroups")
_declare(
    "DescribeDBParameterGroups",
    "DBParameterGroups",
    ("DBParameterGroupName", "DBParameterGroupNotFound"),
)
_declare("DescribeDBClusterParameterGroups", "DBClusterParameterGroups")
