"""Tags of alarms, dashboards and rules, by their ARNs.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html, API_UntagResource.html,
API_ListTagsForResource.html: what is not there is ResourceNotFoundException, where moto lists no tags; what is there
without tags is no error, as it is to moto; dashboards have tags, at most 50 as everything.
"""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from ..operations import AwsError, Call, operation
from .dashboards import home_of


def _tagger(call: Call) -> Any:
    arn, backend, home = call.params["ResourceARN"], call.response.cloudwatch_backend, home_of(call)
    if any(dashboard.arn == arn for dashboard in home.dashboards.values()):
        return home.tagger
    rules = [rule.rule_arn for rule in backend.insight_rules.values()]
    if arn not in [*rules, *(alarm.alarm_arn for alarm in backend.alarms.values())]:
        raise AwsError("ResourceNotFoundException", f"The resource {arn} does not exist.", 404)
    return backend.tagger


@operation(CloudWatchResponse, "TagResource")
def tag(call: Call) -> Any:
    tagger, arn, tags = _tagger(call), call.params["ResourceARN"], call.params["Tags"]
    if len({*tagger.get_tag_dict_for_resource(arn), *(tag["Key"] for tag in tags)}) > 50:
        raise AwsError("InvalidParameterValue", "A resource can have at most 50 tags.")
    tagger.tag_resource(arn, tags)
    return {}


@operation(CloudWatchResponse, "UntagResource")
def untag(call: Call) -> Any:
    _tagger(call).untag_resource_using_names(call.params["ResourceARN"], call.params["TagKeys"])
    return {}


@operation(CloudWatchResponse, "ListTagsForResource")
def list_tags(call: Call) -> Any:
    tags = _tagger(call).get_tag_dict_for_resource(call.params["ResourceARN"])
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
