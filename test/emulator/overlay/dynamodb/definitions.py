"""New tables.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html: a name has 3 to 255 letters,
digits, dots, hyphens and underscores; a provisioned index needs its throughput; a table has a class, which moto
forgets, and an id of its own; there are at most 20 global and 5 local indexes.
"""

from __future__ import annotations

import re
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler

from .. import staleness
from ..operations import AwsError, Call, operation
from . import states

_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")


@operation(DynamoHandler, "CreateTable")
def create(call: Call) -> Any:
    params = call.params
    name = params["TableName"]
    if not _NAME.fullmatch(name):
        message = f"Value '{name}' at 'tableName' failed to satisfy constraint: {_NAME.pattern}"
        raise AwsError("ValidationException", message)
    if states.find(call, name) is not None:
        raise AwsError("ResourceInUseException", f"Table already exists: {name}")
    if len(params.get("GlobalSecondaryIndexes", [])) > 20 or len(params.get("LocalSecondaryIndexes", [])) > 5:
        raise states.invalid("Too many secondary indexes")
    if params.get("BillingMode", "PROVISIONED") == "PROVISIONED":
        for index in params.get("GlobalSecondaryIndexes", []):
            check_throughput(index)
    check_stream(params.get("StreamSpecification"))
    call.original()
    table: Any = dynamodb_backends[call.account][call.region].tables[name]
    table.table_class = params.get("TableClass", "STANDARD")
    if not (table.sse_specification or {}).get("Enabled", False):
        table.sse_specification = None
    staleness.written(table.table_arn)
    shown = states.describe(table)
    shown["TableDescription"]["TableStatus"] = "CREATING"
    states.begin(table, "creating")
    return shown


def check_throughput(index: dict[str, Any]) -> None:
    if "ProvisionedThroughput" not in index:
        message = f"ProvisionedThroughput must be specified for index: {index['IndexName']}"
        raise states.invalid(message)


def check_stream(stream: dict[str, Any] | None) -> None:
    if stream is not None and stream["StreamEnabled"] != ("StreamViewType" in stream):
        raise states.invalid("StreamViewType is given if, and only if, the stream is enabled")
