"""The states of tables and their global indexes.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html: a table is CREATING,
then ACTIVE, UPDATING while it takes up a change, and DELETING until it is gone (lifecycle "dynamodb/table":
creating, updating, deleting). Attributes are defined while the table or an index has them as keys.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndexDescription.html: an
index is CREATING, UPDATING or DELETING (lifecycle "dynamodb/index": creating, deleting).
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html: a table that is CREATING or
UPDATING is in use; one that is DELETING already is no error. moto has ACTIVE only.
"""

from __future__ import annotations

import uuid
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler

from .. import lifecycle
from ..operations import AwsError, Call, operation

_TABLE, _INDEX = "dynamodb/table", "dynamodb/index"


def begin(table: Any, state: str) -> None:
    lifecycle.begin(_TABLE, _life(table), state, then="gone" if state == "deleting" else "active")


def begin_index(table: Any, index_name: str, state: str) -> None:
    then = "gone" if state == "deleting" else "active"
    lifecycle.begin(_INDEX, f"{_life(table)}/{index_name}", state, then=then)


def state_of(table: Any) -> str:
    return lifecycle.current(_TABLE, _life(table), "active")


def index_state_of(table: Any, index_name: str) -> str:
    return lifecycle.current(_INDEX, f"{_life(table)}/{index_name}", "active")


def _life(table: Any) -> str:
    # A table that is made again under its name begins anew.
    return f"{table.table_arn} {id_of(table)}"


def id_of(table: Any) -> str:
    return table.__dict__.setdefault("table_id", str(uuid.uuid4()))


def find(call: Call, name: str) -> Any:
    """The table of a name or ARN, if it is still there."""
    backend = dynamodb_backends[call.account][call.region]
    table = backend.tables.get(name.rsplit("table/", 1)[-1])
    if table is not None and state_of(table) == "gone":
        del backend.tables[table.name]
        return None
    if table is not None:
        going = [
            index.name for index in table.global_indexes if index_state_of(table, index.name) == "gone"
        ]
        table.global_indexes = [index for index in table.global_indexes if index.name not in going]
    return table


def existing(call: Call) -> Any:
    name = call.params["TableName"]
    table = find(call, name)
    if table is None:
        message = f"Requested resource not found: Table: {name} not found"
        raise AwsError("ResourceNotFoundException", message)
    return table


def unoccupied(call: Call) -> Any:
    """The table, if nothing is happening to it."""
    table = existing(call)
    if state_of(table) != "active":
        raise in_use(f"Table is {state_of(table)}: {table.name}")
    return table


def in_use(message: str) -> AwsError:
    text = f"Attempt to change a resource which is still in use: {message}"
    return AwsError("ResourceInUseException", text)


def invalid(message: str) -> AwsError:
    return AwsError("ValidationException", f"One or more parameter values were invalid: {message}")


def describe(table: Any, key: str = "TableDescription") -> dict[str, Any]:
    shown = table.describe(base_key=key)[key]
    shown["TableStatus"] = state_of(table).upper()
    shown["TableId"] = id_of(table)
    shown["TableClassSummary"] = {"TableClass": table.__dict__.get("table_class", "STANDARD")}
    if "RestoreSummary" in shown:
        shown["RestoreSummary"]["RestoreInProgress"] = state_of(table) == "creating"
    for index in shown["GlobalSecondaryIndexes"]:
        index["IndexStatus"] = index_state_of(table, index["IndexName"]).upper()
        index["IndexArn"] = f"{table.table_arn}/index/{index['IndexName']}"
        if index["IndexStatus"] == "CREATING":
            index["Backfilling"] = False
    schemas = [shown, *shown["GlobalSecondaryIndexes"], *shown["LocalSecondaryIndexes"]]
    keys = {key["AttributeName"] for schema in schemas for key in schema["KeySchema"]}
    defined = shown["AttributeDefinitions"]
    shown["AttributeDefinitions"] = [one for one in defined if one["AttributeName"] in keys]
    return {key: shown}


def forget_throughput(table: Any) -> None:
    table.throughput = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0, "NumberOfDecreasesToday": 0}
    for index in table.global_indexes:
        index.throughput = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}


@operation(DynamoHandler, "DescribeTable")
def describe_table(call: Call) -> Any:
    return describe(existing(call), "Table")


@operation(DynamoHandler, "ListTables")
def list_tables(call: Call) -> Any:
    for name in list(dynamodb_backends[call.account][call.region].tables):
        find(call, name)
    return call.original()


@operation(DynamoHandler, "DeleteTable")
def delete_table(call: Call) -> Any:
    table = existing(call)
    if state_of(table) == "deleting":
        return describe(table)
    table = unoccupied(call)
    if table.deletion_protection_enabled:
        message = (
            f"Resource cannot be deleted as it is currently protected against deletion: {table.table_arn}. "
            "Disable deletion protection first."
        )
        raise AwsError("ValidationException", message)
    begin(table, "deleting")
    shown = describe(table)
    shown["TableDescription"]["TableStatus"] = "DELETING"
    find(call, table.name)
    return shown
