"""Composite alarms, which moto lacks.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html: they share their names
with metric alarms, and have a rule instead of a metric. Rules are not evaluated.
"""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import Alarm
from moto.cloudwatch.responses import CloudWatchResponse

from ..operations import Call, operation
from .alarm_rules import invalid

_NOT_OF_COMPOSITE = (
    "namespace",
    "metric_name",
    "metric_data_queries",
    "comparison_operator",
    "evaluation_periods",
    "datapoints_to_alarm",
    "period",
    "threshold",
    "statistic",
    "extended_statistic",
    "unit",
    "treat_missing_data",
    "evaluate_low_sample_count_percentile",
    "threshold_metric_id",
)


@operation(CloudWatchResponse, "PutCompositeAlarm")
def put(call: Call) -> Any:
    backend, name = call.response.cloudwatch_backend, call.params["AlarmName"]
    existing = backend.alarms.get(name)
    if existing is not None and existing.rule is None:
        raise invalid(f"The alarm {name} is a metric alarm")
    alarm = Alarm(
        account_id=call.account,
        region_name=call.region,
        name=name,
        description=call.params.get("AlarmDescription", ""),
        dimensions=[],
        alarm_actions=call.params.get("AlarmActions", []),
        ok_actions=call.params.get("OKActions"),
        insufficient_data_actions=call.params.get("InsufficientDataActions"),
        actions_enabled=call.params.get("ActionsEnabled", True),
        rule=call.params["AlarmRule"],
        **dict.fromkeys(_NOT_OF_COMPOSITE),
    )
    backend.alarms[name] = alarm
    if existing is None and call.params.get("Tags"):
        backend.tagger.tag_resource(alarm.alarm_arn, call.params["Tags"])
    return None
