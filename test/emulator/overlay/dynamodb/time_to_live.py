"""Time to live.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html: what is so already is
refused, as is a second attribute while another one is in force. moto takes everything. That a change may take an
hour, in which there is no other, is a state (lifecycle "dynamodb/time-to-live": changing).
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html: where nothing expires, no
attribute is shown.
"""

from __future__ import annotations

from typing import Any

from moto.dynamodb.responses import DynamoHandler

from .. import lifecycle
from ..operations import AwsError, Call, operation
from . import states

_TTL = "dynamodb/time-to-live"


@operation(DynamoHandler, "UpdateTimeToLive")
def update(call: Call) -> Any:
    table = states.unoccupied(call)
    wanted = call.params["TimeToLiveSpecification"]
    enabled = table.ttl["TimeToLiveStatus"] == "ENABLED"
    if _is_changing(table):
        message = "Time to live has been modified multiple times within a fixed interval"
        raise AwsError("ValidationException", message)
    if enabled and wanted["AttributeName"] != table.ttl["AttributeName"]:
        attribute = table.ttl["AttributeName"]
        message = f"TimeToLive is active on a different AttributeName: current AttributeName is {attribute}"
        raise AwsError("ValidationException", message)
    if enabled == wanted["Enabled"]:
        word = "enabled" if enabled else "disabled"
        raise AwsError("ValidationException", f"TimeToLive is already {word}")
    call.original()
    lifecycle.begin(_TTL, table.table_arn, "changing", then="changed")
    return {"TimeToLiveSpecification": wanted}


@operation(DynamoHandler, "DescribeTimeToLive")
def describe(call: Call) -> Any:
    table = states.existing(call)
    status, attribute = table.ttl["TimeToLiveStatus"], table.ttl.get("AttributeName")
    if _is_changing(table):
        status = "ENABLING" if status == "ENABLED" else "DISABLING"
    shown = {"TimeToLiveStatus": status}
    if status != "DISABLED":
        shown["AttributeName"] = attribute
    return {"TimeToLiveDescription": shown}


def _is_changing(table: Any) -> bool:
    return lifecycle.current(_TTL, table.table_arn, "changed") == "changing"
