"""Point-in-time recovery.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html: 1 to 35 days, 35
if nothing is said; a table that is being made has no continuous backups yet. moto takes any number at any time.
"""

from __future__ import annotations

from typing import Any

from moto.dynamodb.responses import DynamoHandler

from ..operations import AwsError, Call, operation
from . import states


def table_for_backups(call: Call) -> Any:
    table = states.find(call, call.params["TableName"])
    if table is None:
        raise AwsError("TableNotFoundException", f"Table not found: {call.params['TableName']}")
    if states.state_of(table) == "creating":
        message = f"Backups are being enabled for the table: {table.name}. Please retry later"
        raise AwsError("ContinuousBackupsUnavailableException", message)
    return table


@operation(DynamoHandler, "UpdateContinuousBackups")
def update(call: Call) -> Any:
    table_for_backups(call)
    days = call.params["PointInTimeRecoverySpecification"].get("RecoveryPeriodInDays", 35)
    if not 1 <= days <= 35:
        raise AwsError("ValidationException", "RecoveryPeriodInDays must be between 1 and 35")
    return call.original()


@operation(DynamoHandler, "DescribeContinuousBackups")
def describe(call: Call) -> Any:
    if states.find(call, call.params["TableName"]) is None:
        raise AwsError("TableNotFoundException", f"Table not found: {call.params['TableName']}")
    return call.original()
