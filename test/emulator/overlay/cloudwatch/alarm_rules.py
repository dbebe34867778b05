"""What PutMetricAlarm refuses, which moto takes.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: what belongs together and
what excludes each other, periods, how long is looked back, how many actions. Topics of another region are refused
(https://github.com/cds-snc/notification-terraform/pull/128 has the words).
"""

from __future__ import annotations

import re
from typing import Any

from ..operations import AwsError

_OF_ONE_METRIC = ("Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic")
_EXTENDED = re.compile(
    r"(p|tm|tc|ts|wm)\d{1,2}(\.\d+)?|p100|IQM|PR\([\d.]*:[\d.]*\)|(TC|TM|TS|WM)\([\d.%]*:[\d.%]*\)"
)
_DAY = 86_400


def check(params: dict[str, Any], region: str) -> None:
    if "MetricName" in params:
        _check_metric(params)
        period = params["Period"]
    elif params.get("Metrics"):
        _check_queries(params)
        period = max([_period_of(query) for query in params["Metrics"]])
    else:
        raise invalid("Exactly one of MetricName, Metrics and EvaluationCriteria must be specified")
    _check_evaluation(params, period)
    _check_actions(params, region)
    if len(params.get("AlarmDescription", "")) > 1024:
        raise invalid("1 validation error detected: 'alarmDescription' must have length at most 1024")


def _check_metric(params: dict[str, Any]) -> None:
    if params.get("Metrics"):
        raise combination("MetricName and Metrics cannot be used together")
    if ("Statistic" in params) == ("ExtendedStatistic" in params):
        raise combination("Exactly one of Statistic and ExtendedStatistic must be specified")
    if "ExtendedStatistic" in params and not _EXTENDED.fullmatch(params["ExtendedStatistic"]):
        raise AwsError("InvalidParameterValue", "The value for parameter ExtendedStatistic is not supported.")
    if "Namespace" not in params or "Period" not in params:
        raise invalid("Namespace and Period are required with MetricName")
    _check_period(params["Period"])


def _check_queries(params: dict[str, Any]) -> None:
    if any(name in params for name in _OF_ONE_METRIC):
        raise combination(f"Metrics cannot be used together with {', '.join(_OF_ONE_METRIC)}")
    if sum(1 for query in params["Metrics"] if query.get("ReturnData", True)) != 1:
        raise invalid("Exactly one element of the metrics list should return data")
    for query in params["Metrics"]:
        if ("Expression" in query) == ("MetricStat" in query):
            raise invalid("Exactly one of Expression and MetricStat must be specified")
        if not re.fullmatch(r"[a-z]\w{0,254}", query["Id"]):
            raise invalid(f"The id {query['Id']} must begin with a small letter")
        if "MetricStat" in query:
            _check_period(query["MetricStat"]["Period"])


def _period_of(query: dict[str, Any]) -> int:
    return query.get("MetricStat", {}).get("Period") or query.get("Period") or 0


def _check_period(period: int) -> None:
    if period not in (10, 20, 30) and (period <= 0 or period % 60):
        raise invalid("Period must be 10, 20, 30 or a multiple of 60")


def _check_evaluation(params: dict[str, Any], period: int) -> None:
    for name in ("ComparisonOperator", "EvaluationPeriods"):
        if name not in params:
            raise invalid(f"The parameter {name} is required")
    if "Threshold" not in params and "ThresholdMetricId" not in params:
        raise invalid("The parameter Threshold is required")
    periods = params["EvaluationPeriods"]
    if periods < 1 or not 1 <= params.get("DatapointsToAlarm", periods) <= periods:
        raise invalid("DatapointsToAlarm must be at most EvaluationPeriods")
    if period * periods > (_DAY if period < 3600 else 7 * _DAY):
        raise invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period <= 86400)")
    if params.get("TreatMissingData", "missing") not in ("breaching", "notBreaching", "ignore", "missing"):
        raise invalid(f"Option {params['TreatMissingData']} for TreatMissingData is not supported")


def _check_actions(params: dict[str, Any], region: str) -> None:
    for name in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        actions = params.get(name, [])
        if len(actions) > 5:
            raise invalid(f"1 validation error detected: '{name}' must have length at most 5")
        for action in actions:
            parts = action.split(":")
            if len(parts) < 6 or parts[0] != "arn":
                raise invalid(f"Invalid arn syntax: {action}")
            if parts[2] == "sns" and parts[3] != region:
                raise invalid(f"Invalid region {parts[3]} specified. Only {region} is supported.")


def invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message)


def combination(message: str) -> AwsError:
    return AwsError("InvalidParameterCombination", message)
