"""Tags.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_AddTagsToResource.html: tags of what does not
exist are an error, which moto ignores.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: the index knows
subnet groups and parameter groups, which moto leaves out; and nothing that is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

from ..operations import AwsError, Call, operation
from .states import settle

_NOT_FOUND = {
    "cluster": "DBClusterNotFoundFault",
    "cluster-pg": "DBParameterGroupNotFound",
    "cluster-snapshot": "DBClusterSnapshotNotFoundFault",
    "db": "DBInstanceNotFound",
    "pg": "DBParameterGroupNotFound",
    "snapshot": "DBSnapshotNotFound",
    "subgrp": "DBSubnetGroupNotFoundFault",
}

_of_moto = RDSBackend.iter_tagged_resources


@operation(RDSResponse, "AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource")
def tags_of(call: Call) -> Any:
    arn = call.params["ResourceName"]
    kind = arn.split(":")[5] if arn.count(":") >= 6 else ""
    if kind in _NOT_FOUND and call.response.backend._get_resource_for_tagging(arn) is None:
        raise AwsError(_NOT_FOUND[kind], f"{arn} not found.", 404)
    return call.original()


def iter_tagged_resources(backend: RDSBackend) -> Iterator[TaggedResource]:
    settle(backend)
    yield from _of_moto(backend)
    groups: dict[str, Any] = {
        "rds:subgrp": backend.subnet_groups,
        "rds:pg": backend.db_parameter_groups,
        "rds:cluster-pg": backend.db_cluster_parameter_groups,
    }
    for kind, found in groups.items():
        for group in found.values():
            tags = {tag["Key"]: tag["Value"] for tag in group.get_tags()}
            yield TaggedResource(arn=group.arn, tags=tags, resource_type=kind)


RDSBackend.iter_tagged_resources = iter_tagged_resources  # type: ignore[method-assign]
