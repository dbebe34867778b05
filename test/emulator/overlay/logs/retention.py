"""For how long events are kept.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html: only certain
numbers of days, where moto takes any, and none for groups of the class DELIVERY, whose events are kept for a
day.
"""

from __future__ import annotations

from typing import Any

from moto.logs.responses import LogsResponse

from ..operations import Call, operation
from .log_groups import group_of, invalid

_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827),
    *(2192, 2557, 2922, 3288, 3653),
)


@operation(LogsResponse, "PutRetentionPolicy")
def put(call: Call) -> Any:
    days = call.params["retentionInDays"]
    if days not in _DAYS:
        message = (
            f"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: "
            f"Member must satisfy enum value set: {list(_DAYS)}"
        )
        raise invalid(message)
    group: Any = group_of(call, call.params["logGroupName"])
    if getattr(group, "log_group_class", "STANDARD") == "DELIVERY":
        raise invalid("The retention of log groups of the class DELIVERY cannot be changed")
    group.retention_in_days = days
    return {}


@operation(LogsResponse, "DeleteRetentionPolicy")
def delete(call: Call) -> Any:
    group_of(call, call.params["logGroupName"]).retention_in_days = None
    return {}
