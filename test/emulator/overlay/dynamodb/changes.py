"""Changes of tables.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html: one kind of change per
call, and none while another is taken up (ResourceInUseException); one index is made or removed per call, and none
while another is on its way (LimitExceededException); a table that becomes provisioned needs the throughput of
all its indexes in the same call; the same throughput again is refused. moto does everything at once, and neither
switches encryption off nor knows the class of a table.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#default-limits-throughput-capacity-modes:
throughput decreases are limited per day (here to 27, without regaining any).
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/switching.capacitymode.html: a table
becomes on-demand at most four times a day (here ever).
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.tableclasses.html: its class
changes at most twice in 30 days (here ever).
"""

from __future__ import annotations

from typing import Any

from moto.dynamodb.responses import DynamoHandler

from ..operations import AwsError, Call, operation
from . import states
from .definitions import check_stream, check_throughput

# What may not be in one call with another of these. Capacity is in two parameters, and in changes of indexes.
_SORTS = {
    "ProvisionedThroughput": "capacity",
    "BillingMode": "capacity",
    "StreamSpecification": "stream",
    "SSESpecification": "encryption",
    "TableClass": "class",
    "DeletionProtectionEnabled": "protection",
}


@operation(DynamoHandler, "UpdateTable")
def update(call: Call) -> Any:
    params = call.params
    table = states.unoccupied(call)
    indexes = params.get("GlobalSecondaryIndexUpdates", [])
    moves = [change for change in indexes if "Update" not in change]
    sorts = {sort for parameter, sort in _SORTS.items() if parameter in params}
    sorts |= {"capacity" for change in indexes if "Update" in change} | {"indexes" for _ in moves}
    if len(sorts) > 1:
        raise states.invalid(f"Only one of these changes can be made at once: {', '.join(sorted(sorts))}")
    if not sorts:
        raise states.invalid("At least one change is required")
    _check_indexes(table, moves)
    _check_capacity(table, params, indexes)
    _check_stream(table, params.get("StreamSpecification"))
    _apply(call, table, moves)
    states.begin(table, "updating")
    return states.describe(table)


def _check_indexes(table: Any, moves: list[dict[str, Any]]) -> None:
    if not moves:
        return
    names = [index.name for index in table.global_indexes]
    busy = [name for name in names if states.index_state_of(table, name) != "active"]
    if len(moves) > 1 or busy:
        message = (
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
        )
        raise AwsError("LimitExceededException", message)
    for move in moves:
        if "Create" in move:
            if move["Create"]["IndexName"] in names:
                raise states.invalid(f"Duplicate index name: {move['Create']['IndexName']}")
            if len(names) == 20:
                raise states.invalid("Too many secondary indexes")
            if table.billing_mode == "PROVISIONED":
                check_throughput(move["Create"])
        elif move["Delete"]["IndexName"] not in names:
            name = move["Delete"]["IndexName"]
            raise AwsError("ResourceNotFoundException", f"Requested resource not found: Index: {name}")


def _check_capacity(table: Any, params: dict[str, Any], indexes: list[dict[str, Any]]) -> None:
    mode = params.get("BillingMode", table.billing_mode)
    given = {change["Update"]["IndexName"] for change in indexes if "Update" in change}
    if mode == "PAY_PER_REQUEST" and ("ProvisionedThroughput" in params or given):
        raise states.invalid("No capacity units can be specified when BillingMode is PAY_PER_REQUEST")
    if mode != table.billing_mode and mode == "PAY_PER_REQUEST":
        _check_switch(table)
    if mode != table.billing_mode and mode == "PROVISIONED":
        missing = {index.name for index in table.global_indexes} - given
        if "ProvisionedThroughput" not in params or missing:
            raise states.invalid("ProvisionedThroughput must be specified for the table and all its indexes")
    elif mode == "PROVISIONED":
        wanted = params.get("ProvisionedThroughput")
        if wanted is not None:
            _check_decrease(table, wanted)


def _check_switch(table: Any) -> None:
    made = table.__dict__.get("switches", 0)
    if made >= 4:
        message = "Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s)."
        raise AwsError("LimitExceededException", message)
    table.switches = made + 1


def _check_decrease(table: Any, wanted: dict[str, int]) -> None:
    now = table.throughput
    keys = ("ReadCapacityUnits", "WriteCapacityUnits")
    if all(wanted[key] == now[key] for key in keys):
        message = "The provisioned throughput for the table will not change."
        raise AwsError("ValidationException", message)
    if any(wanted[key] < now[key] for key in keys):
        made = table.__dict__.get("decreases", 0)
        if made >= 27:
            message = "Subscriber limit exceeded: Provisioned throughput decreases are limited within a day."
            raise AwsError("LimitExceededException", message)
        table.decreases = made + 1


def _check_class(table: Any) -> None:
    made = table.__dict__.get("classes", 0)
    if made >= 2:
        message = "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s)."
        raise AwsError("LimitExceededException", message)
    table.classes = made + 1


def _check_stream(table: Any, stream: dict[str, Any] | None) -> None:
    check_stream(stream)
    if stream is None:
        return
    enabled = table.stream_specification["StreamEnabled"]
    if stream["StreamEnabled"] == enabled:
        word = "already" if enabled else "not"
        raise AwsError("ValidationException", f"Table {word} has an enabled stream: TableName: {table.name}")
    if stream["StreamEnabled"]:
        # moto refuses a stream on a table that ever had one.
        table.latest_stream_label = None


def _apply(call: Call, table: Any, moves: list[dict[str, Any]]) -> None:
    params = call.params
    if "TableClass" in params:
        _check_class(table)
        table.table_class = params["TableClass"]
        return
    if "SSESpecification" in params:
        wanted = params["SSESpecification"]
        if wanted.get("Enabled", False):
            key = wanted.get("KMSMasterKeyId") or table._get_default_encryption_key(call.account, call.region)
            table.sse_specification = {**wanted, "KMSMasterKeyId": key}
        else:
            table.sse_specification = None
        return
    if moves and "Delete" in moves[0]:
        # It is there until it is gone.
        states.begin_index(table, moves[0]["Delete"]["IndexName"], "deleting")
        states.find(call, table.name)
        return
    call.original()
    if params.get("BillingMode") == "PAY_PER_REQUEST":
        states.forget_throughput(table)
    for move in moves:
        states.begin_index(table, move["Create"]["IndexName"], "creating")
