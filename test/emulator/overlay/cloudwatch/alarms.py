"""Alarms: what a new one and a changed one are, pages, and deletion.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: a new alarm is in the state
INSUFFICIENT_DATA, where moto says OK; a change keeps the state and the tags, where moto takes a new state and new
tags. The warm-up is kept, the actions are five at most, extended statistics are more than percentiles.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html: pages; metric alarms only,
if nothing is said.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html: what is there goes, and its
tags with it, which moto keeps; what is not there is ResourceNotFound.
"""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import Alarm
from moto.cloudwatch.responses import CloudWatchResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from . import alarm_rules

_STATE = ("state_reason", "state_reason_data", "state_value", "state_updated_timestamp", "history")
_KEPT_HERE = {"WarmUpConfiguration": "warm_up_configuration"}


@operation(CloudWatchResponse, "PutMetricAlarm")
def put(call: Call) -> Any:
    backend, name = call.response.cloudwatch_backend, call.params["AlarmName"]
    existing = backend.alarms.get(name)
    if existing is not None and existing.rule is not None:
        raise alarm_rules.invalid(f"The alarm {name} is a composite alarm")
    alarm_rules.check(call.params, call.region)
    extended = call.params.get("ExtendedStatistic")
    tags = existing and backend.tagger.get_tag_dict_for_resource(existing.alarm_arn)
    alarm = _put(call, extended)
    for parameter, attribute in _KEPT_HERE.items():
        setattr(alarm, attribute, call.params.get(parameter))
    if existing is None:
        alarm.state_value = "INSUFFICIENT_DATA"
        staleness.written(alarm.alarm_arn)
        return None
    for attribute in _STATE:
        setattr(alarm, attribute, getattr(existing, attribute))
    backend.tagger.delete_all_tags_for_resource(alarm.alarm_arn)
    backend.tagger.tag_resource(alarm.alarm_arn, backend.tagger.convert_dict_to_tags_input(tags))
    return None


def _put(call: Call, extended: str | None) -> Alarm:
    """moto refuses extended statistics other than percentiles."""
    if extended is not None:
        call.response._get_params()["ExtendedStatistic"] = "p50"
    call.original()
    alarm = call.response.cloudwatch_backend.alarms[call.params["AlarmName"]]
    alarm.extended_statistic = extended
    return alarm


@operation(CloudWatchResponse, "DescribeAlarms")
def describe(call: Call) -> Any:
    names, size = call.params.get("AlarmNames", []), call.params.get("MaxRecords", 50)
    if len(names) > 100:
        raise alarm_rules.invalid("1 validation error detected: 'alarmNames' must have length at most 100")
    if not 1 <= size <= 100:
        raise alarm_rules.invalid("1 validation error detected: 'maxRecords' must be between 1 and 100")
    if names and "AlarmNamePrefix" in call.params:
        raise alarm_rules.combination("AlarmNames and AlarmNamePrefix cannot be used together")
    types = call.params.get("AlarmTypes") or ["MetricAlarm"]
    shown = call.original().result
    alarms = sorted([*shown["MetricAlarms"], *shown["CompositeAlarms"]], key=lambda alarm: alarm.name)
    alarms = [alarm for alarm in alarms if _type_of(alarm) in types]
    start = int(call.params.get("NextToken", 0))
    page = alarms[start : start + size]
    answer: dict[str, Any] = {
        "MetricAlarms": [alarm for alarm in page if alarm.rule is None],
        "CompositeAlarms": [alarm for alarm in page if alarm.rule is not None],
    }
    if len(alarms) > start + size:
        answer["NextToken"] = str(start + size)
    return answer


def _type_of(alarm: Alarm) -> str:
    return "MetricAlarm" if alarm.rule is None else "CompositeAlarm"


@operation(CloudWatchResponse, "DeleteAlarms")
def delete(call: Call) -> Any:
    backend, names = call.response.cloudwatch_backend, call.params["AlarmNames"]
    if len(names) > 100:
        raise alarm_rules.invalid("1 validation error detected: 'alarmNames' must have length at most 100")
    missing = [name for name in names if name not in backend.alarms]
    for name in names:
        if name not in missing:
            backend.tagger.delete_all_tags_for_resource(backend.alarms.pop(name).alarm_arn)
    if missing:
        raise AwsError("ResourceNotFound", f"Alarms not found: {', '.join(missing)}", 404)
    return None
