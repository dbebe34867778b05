"""Tags of scalable targets, which moto lacks.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html, API_UntagResource.html,
API_ListTagsForResource.html: by the ARN of the target; a 51st tag is TooManyTagsException.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: the index of
tags shows every type that has tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, applicationautoscaling_backends
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource

from ..operations import AwsError, Call, operation


def _all_targets(backend: Any) -> list[Any]:
    return [target for targets in backend.targets.values() for target in targets.values()]


def _tags_of(call: Call) -> dict[str, str]:
    arn = call.params["ResourceARN"]
    backend = call.response.applicationautoscaling_backend
    target = next((target for target in _all_targets(backend) if target.arn == arn), None)
    if target is None:
        raise AwsError("ResourceNotFoundException", f"The resource {arn} does not exist.")
    return target.__dict__.setdefault("tags", {})


@operation(ApplicationAutoScalingResponse, "TagResource")
def tag(call: Call) -> Any:
    tags = _tags_of(call)
    if len({*tags, *call.params["Tags"]}) > 50:
        raise AwsError("TooManyTagsException", "A resource can have no more than 50 tags.")
    tags.update(call.params["Tags"])
    return {}


@operation(ApplicationAutoScalingResponse, "UntagResource")
def untag(call: Call) -> Any:
    tags = _tags_of(call)
    for key in call.params["TagKeys"]:
        tags.pop(key, None)
    return {}


@operation(ApplicationAutoScalingResponse, "ListTagsForResource")
def list_tags(call: Call) -> Any:
    return {"Tags": dict(_tags_of(call))}


class _Backend(ApplicationAutoscalingBackend, TaggableResourcesMixin):
    SERVICE_NAMESPACE = "application-autoscaling"
    # moto looks for the URLs of a service next to its backend.
    __module__ = ApplicationAutoscalingBackend.__module__

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        for target in _all_targets(self):
            yield TaggedResource(
                arn=target.arn,
                tags=dict(target.__dict__.get("tags", {})),
                resource_type="application-autoscaling:scalable-target",
            )


applicationautoscaling_backends.backend = _Backend
