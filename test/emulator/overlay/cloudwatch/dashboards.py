"""Dashboards: in no region, with tags, checked, in pages.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html: dashboards are global, where
moto has them in a region; a new one takes tags, one that is there keeps its own; what a name may be.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html: a body has
at most 500 widgets, each with a type and properties.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html: pages of 1,000.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any

from moto.cloudwatch.models import Dashboard, cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse

from ..operations import AwsError, Call, operation

_TYPES = ("alarm", "custom", "explorer", "log", "metric", "text")
_PAGE = 1000


def home_of(call: Call) -> Any:
    """The one backend in which all dashboards of an account are."""
    return cloudwatch_backends[call.account]["us-east-1"]


def _missing(names: list[str]) -> AwsError:
    return AwsError("ResourceNotFound", f"The specified dashboard does not exist. [{', '.join(names)}]", 404)


@operation(CloudWatchResponse, "PutDashboard")
def put(call: Call) -> Any:
    name, body = call.params["DashboardName"], call.params["DashboardBody"]
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", name):
        raise AwsError("InvalidParameterValue", f"The value {name} for parameter DashboardName is invalid.")
    _check(body)
    home = home_of(call)
    dashboard = Dashboard(call.account, call.region, name, body)
    dashboard.last_modified = datetime.now(timezone.utc)
    if name not in home.dashboards and call.params.get("Tags"):
        home.tagger.tag_resource(dashboard.arn, call.params["Tags"])
    home.dashboards[name] = dashboard
    return {"DashboardValidationMessages": []}


def _check(body: str) -> None:
    try:
        parsed = json.loads(body)
    except ValueError:
        raise _invalid("The field DashboardBody must be a valid JSON object") from None
    widgets = parsed.get("widgets", []) if isinstance(parsed, dict) else None
    if not isinstance(widgets, list) or len(widgets) > 500:
        raise _invalid("The dashboard body is invalid: widgets must be an array of at most 500")
    for index, widget in enumerate(widgets):
        if widget.get("type") not in _TYPES or not isinstance(widget.get("properties"), dict):
            raise _invalid(f"The dashboard body is invalid: /widgets/{index} should have a type and properties")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterInput", message)


@operation(CloudWatchResponse, "GetDashboard")
def get(call: Call) -> Any:
    dashboard = home_of(call).dashboards.get(call.params["DashboardName"])
    if dashboard is None:
        raise _missing([call.params["DashboardName"]])
    return {"DashboardArn": dashboard.arn, "DashboardBody": dashboard.body, "DashboardName": dashboard.name}


@operation(CloudWatchResponse, "ListDashboards")
def list_dashboards(call: Call) -> Any:
    prefix, start = call.params.get("DashboardNamePrefix", ""), int(call.params.get("NextToken", 0))
    found = sorted(home_of(call).dashboards.values(), key=lambda dashboard: dashboard.name)
    shown = [dashboard for dashboard in found if dashboard.name.startswith(prefix)]
    answer: dict[str, Any] = {
        "DashboardEntries": [
            {
                "DashboardName": dashboard.name,
                "DashboardArn": dashboard.arn,
                "LastModified": dashboard.last_modified,
                "Size": len(dashboard.body.encode()),
            }
            for dashboard in shown[start : start + _PAGE]
        ]
    }
    if len(shown) > start + _PAGE:
        answer["NextToken"] = str(start + _PAGE)
    return answer


@operation(CloudWatchResponse, "DeleteDashboards")
def delete(call: Call) -> Any:
    home, names = home_of(call), call.params["DashboardNames"]
    missing = [name for name in names if name not in home.dashboards]
    for name in names:
        if name not in missing:
            home.tagger.delete_all_tags_for_resource(home.dashboards.pop(name).arn)
    if missing:
        raise _missing(missing)
    return {}
