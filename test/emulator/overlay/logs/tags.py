"""Tags of log groups, by the ARN without `:*`.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html,
API_UntagResource.html, API_ListTagsForResource.html: a group that is missing is ResourceNotFoundException,
and a 51st tag TooManyTagsException; moto tags any text.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: the tagging
index has them as logs:log-group, moto as logs:loggroup. A group without tags is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.logs.models import LogsBackend
from moto.logs.responses import LogsResponse

from ..operations import AwsError, Call, operation
from .log_groups import group_of, invalid


def _check(call: Call) -> None:
    arn = call.params["resourceArn"]
    if ":log-group:" in arn:
        if arn.endswith(":*"):
            raise invalid(f"Value '{arn}' at 'resourceArn' is not the ARN of a log group")
        group_of(call, arn.split(":log-group:", 1)[1])


@operation(LogsResponse, "TagResource")
def tag(call: Call) -> Any:
    _check(call)
    present = call.response.logs_backend.list_tags_for_resource(call.params["resourceArn"])
    if len({*present, *call.params["tags"]}) > 50:
        raise AwsError("TooManyTagsException", "A resource can have no more than 50 tags.")
    return call.original()


@operation(LogsResponse, "UntagResource", "ListTagsForResource")
def untag_or_list(call: Call) -> Any:
    _check(call)
    return call.original()


def _iter_tagged_resources(self: Any) -> Iterator[TaggedResource]:
    for group in self.groups.values():
        tags = self.tagger.get_tag_dict_for_resource(group.arn)
        yield TaggedResource(arn=group.arn, tags=tags, resource_type="logs:log-group")


LogsBackend.iter_tagged_resources = _iter_tagged_resources  # type: ignore[method-assign]
