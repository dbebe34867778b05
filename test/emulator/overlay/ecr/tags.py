"""Tags of repositories.

https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html: a 51st tag is TooManyTagsException.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: the index of tags shows
every type that has tags; moto's lacks repositories.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
from moto.ecr.models import ECRBackend, ecr_backends
from moto.ecr.responses import ECRResponse

from ..operations import AwsError, Call, operation


@operation(ECRResponse, "TagResource")
def tag(call: Call) -> Any:
    tagger = call.response.ecr_backend.tagger
    present = tagger.get_tag_dict_for_resource(call.params["resourceArn"])
    if len({*present, *(tag["Key"] for tag in call.params["tags"])}) > 50:
        raise AwsError("TooManyTagsException", "A repository can have no more than 50 tags.")
    return call.original()


class _Backend(ECRBackend, TaggableResourcesMixin):
    SERVICE_NAMESPACE = "ecr"
    # moto looks for the URLs of a service next to its backend.
    __module__ = ECRBackend.__module__
    # The operations of ECR itself, which the mixin has under the same names.
    tag_resource = ECRBackend.tag_resource  # type: ignore[assignment]
    untag_resource = ECRBackend.untag_resource

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        for repository in self.repositories.values():
            tags = self.tagger.get_tag_dict_for_resource(repository.arn)
            yield TaggedResource(arn=repository.arn, tags=tags, resource_type="ecr:repository")


ecr_backends.backend = _Backend
