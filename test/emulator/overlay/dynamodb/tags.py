"""Tags of tables.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html: a tag that is there gets the new
value; moto adds a second one of the same key. A table that is missing is ResourceNotFoundException.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.responses import DynamoHandler

from ..operations import AwsError, Call, operation
from . import states

_iterate = DynamoDBBackend.iter_tagged_resources


def _table_of(call: Call) -> Any:
    arn = call.params["ResourceArn"]
    table = states.find(call, arn)
    if table is None:
        message = f"Requested resource not found: ResourceArn: {arn} not found"
        raise AwsError("ResourceNotFoundException", message)
    return table


@operation(DynamoHandler, "TagResource")
def tag(call: Call) -> Any:
    table = _table_of(call)
    written = {tag["Key"] for tag in call.params["Tags"]}
    kept = [tag for tag in table.tags if tag["Key"] not in written]
    if len(kept) + len(written) > 50:
        raise AwsError("LimitExceededException", "A table can have at most 50 tags.")
    table.tags = [*kept, *call.params["Tags"]]
    return {}


@operation(DynamoHandler, "UntagResource", "ListTagsOfResource")
def untag_or_list(call: Call) -> Any:
    _table_of(call)
    return call.original()


def _iter_tagged_resources(self: Any) -> Iterator[TaggedResource]:
    gone = {table.table_arn for table in self.tables.values() if states.state_of(table) == "gone"}
    return (resource for resource in _iterate(self) if resource.arn not in gone)


DynamoDBBackend.iter_tagged_resources = _iter_tagged_resources  # type: ignore[method-assign]
