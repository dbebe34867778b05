"""Backups on demand.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BackupDetails.html: CREATING, then AVAILABLE
(lifecycle "dynamodb/backup": creating); they outlive their table.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html: found by table, type and time,
in pages. moto knows the table only.
"""

from __future__ import annotations

from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Backup
from moto.dynamodb.responses import DynamoHandler

from .. import lifecycle
from ..operations import Call, operation
from .recovery import table_for_backups
from .states import id_of

_BACKUP = "dynamodb/backup"


class _Status:
    """In place of moto's attribute, which says AVAILABLE from the start."""

    def __get__(self, backup: Any, _: Any = None) -> Any:
        if backup is None:
            return self
        return backup.__dict__["deleted"] or lifecycle.current(_BACKUP, backup.arn, "AVAILABLE")

    def __set__(self, backup: Any, status: str) -> None:
        backup.__dict__["deleted"] = status if status == "DELETED" else None


Backup.status = _Status()  # type: ignore[assignment]


@operation(DynamoHandler, "CreateBackup")
def create(call: Call) -> Any:
    table = table_for_backups(call)
    backups = dynamodb_backends[call.account][call.region].backups
    before = set(backups)
    call.original()
    backup = next(backup for arn, backup in backups.items() if arn not in before)
    backup.table_id = id_of(table)
    lifecycle.begin(_BACKUP, backup.arn, "CREATING", then="AVAILABLE")
    return {"BackupDetails": {**backup.details, "BackupStatus": "CREATING"}}


@operation(DynamoHandler, "ListBackups")
def list_backups(call: Call) -> Any:
    params = call.params
    backend = dynamodb_backends[call.account][call.region]
    found = [
        {**backup.summary, "TableId": backup.__dict__.get("table_id")}
        for backup in backend.list_backups(params.get("TableName"))
        if _is_wanted(params, backup)
    ]
    arns = [backup["BackupArn"] for backup in found]
    after = params.get("ExclusiveStartBackupArn")
    start = arns.index(after) + 1 if after in arns else 0
    page = found[start : start + params.get("Limit", 100)]
    answer: dict[str, Any] = {"BackupSummaries": page}
    if start + len(page) < len(found):
        answer["LastEvaluatedBackupArn"] = page[-1]["BackupArn"]
    return answer


def _is_wanted(params: dict[str, Any], backup: Any) -> bool:
    made = backup.creation_date_time.timestamp()
    lower, upper = params.get("TimeRangeLowerBound"), params.get("TimeRangeUpperBound")
    return (
        params.get("BackupType", "USER") in ("ALL", backup.type)
        and (lower is None or made >= lower.timestamp())
        and (upper is None or made < upper.timestamp())
    )
