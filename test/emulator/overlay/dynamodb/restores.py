"""Restoring a table to a point in time.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html: the source has
point-in-time recovery, the time is one that can be restored, and the target is a new table. moto asks for none of it.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html: keys, indexes,
capacity and encryption are those of the source, as far as they are not overridden; tags, time to live, stream,
recovery and deletion protection are not restored. It is CREATING meanwhile (lifecycle "dynamodb/table": creating).
The items are those of now, whatever the time: moto has no history. So that there is a time that can be restored, the
last one is now, which on AWS is some five minutes ago.
"""

from __future__ import annotations

import datetime
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import RestoredPITTable
from moto.dynamodb.responses import DynamoHandler

from .. import staleness
from ..operations import AwsError, Call, operation
from . import states


@operation(DynamoHandler, "RestoreTableToPointInTime")
def restore(call: Call) -> Any:
    params = call.params
    source = _source(call)
    time = _time(params, source)
    name = params["TargetTableName"]
    target = states.find(call, name)
    if target is not None and states.state_of(target) in ("creating", "deleting"):
        raise AwsError("TableInUseException", f"Table is being {states.state_of(target)}: {name}")
    if target is not None:
        raise AwsError("TableAlreadyExistsException", f"Table already exists: {name}")
    if "GlobalSecondaryIndexOverride" in params or "LocalSecondaryIndexOverride" in params:
        raise NotImplementedError("Overrides of indexes are not implemented by the emulator.")
    table: Any = RestoredPITTable(name, account_id=call.account, region=call.region, source=source)
    table.restore_date_time = time
    table.billing_mode = source.billing_mode
    _override(call, table, source)
    dynamodb_backends[call.account][call.region].tables[name] = table
    staleness.written(table.table_arn)
    states.begin(table, "creating")
    shown = states.describe(table)
    shown["TableDescription"]["TableStatus"] = "CREATING"
    shown["TableDescription"]["RestoreSummary"]["RestoreInProgress"] = True
    return shown


def _source(call: Call) -> Any:
    name = call.params.get("SourceTableName") or call.params.get("SourceTableArn")
    if name is None:
        raise states.invalid("SourceTableName or SourceTableArn must be given")
    source = states.find(call, name)
    if source is None:
        raise AwsError("TableNotFoundException", f"Table not found: {name}")
    return source


def _time(params: dict[str, Any], source: Any) -> datetime.datetime:
    recovery = source.continuous_backups["PointInTimeRecoveryDescription"]
    if recovery["PointInTimeRecoveryStatus"] != "ENABLED":
        message = f"Point in time recovery is not enabled for table '{source.name}'"
        raise AwsError("PointInTimeRecoveryUnavailableException", message)
    now = datetime.datetime.now(datetime.UTC)
    wanted = params.get("RestoreDateTime")
    if (wanted is not None) == bool(params.get("UseLatestRestorableTime", False)):
        raise states.invalid("Either RestoreDateTime or UseLatestRestorableTime must be given")
    if wanted is None:
        return now
    wanted = wanted if wanted.tzinfo is not None else wanted.replace(tzinfo=datetime.UTC)
    # The first moment is known to the second.
    earliest = datetime.datetime.fromtimestamp(int(recovery["EarliestRestorableDateTime"]), datetime.UTC)
    if not earliest <= wanted <= now:
        message = "RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime."
        raise AwsError("InvalidRestoreTimeException", message)
    return wanted


def _override(call: Call, table: Any, source: Any) -> None:
    params = call.params
    mode = params.get("BillingModeOverride", source.billing_mode)
    if mode == "PROVISIONED" and source.billing_mode != "PROVISIONED":
        message = "A restored table that becomes provisioned is not implemented by the emulator."
        raise NotImplementedError(message)
    table.billing_mode = mode
    if mode == "PAY_PER_REQUEST":
        states.forget_throughput(table)
    encryption = params.get("SSESpecificationOverride", source.sse_specification)
    if encryption is None or not encryption.get("Enabled", False):
        table.sse_specification = None
        return
    key = encryption.get("KMSMasterKeyId") or table._get_default_encryption_key(call.account, call.region)
    table.sse_specification = {**encryption, "KMSMasterKeyId": key}
