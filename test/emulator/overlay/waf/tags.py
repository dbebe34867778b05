"""Tags of web ACLs.

https://docs.aws.amazon.com/waf/latest/APIReference/API_TagResource.html, API_UntagResource.html,
API_ListTagsForResource.html: of what is there, and 50 at most; moto tags any text.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: the index of tags shows
every type that has tags; moto's lacks web ACLs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
from moto.wafv2.models import GLOBAL_REGION, WAFV2Backend, wafv2_backends
from moto.wafv2.responses import WAFV2Response

from ..operations import AwsError, Call, operation
from .web_acls import not_found


def _backend(call: Call) -> Any:
    arn = call.params["ResourceARN"]
    backend = wafv2_backends[call.account][GLOBAL_REGION if ":global/" in arn else call.region]
    others = (backend.ip_sets, backend.rule_groups, backend.regex_pattern_sets)
    if arn not in backend.wacls and not any(arn in others_of_a_type for others_of_a_type in others):
        raise not_found()
    return backend


@operation(WAFV2Response, "TagResource")
def tag(call: Call) -> Any:
    present = _backend(call).tagging_service.get_tag_dict_for_resource(call.params["ResourceARN"])
    if len({*present, *(tag["Key"] for tag in call.params["Tags"])}) > 50:
        raise AwsError("WAFLimitsExceededException", "A resource can have no more than 50 tags.")
    return call.original()


@operation(WAFV2Response, "UntagResource", "ListTagsForResource")
def untag_or_list(call: Call) -> Any:
    _backend(call)
    return call.original()


class _Backend(WAFV2Backend, TaggableResourcesMixin):
    SERVICE_NAMESPACE = "wafv2"
    # moto looks for the URLs of a service next to its backend.
    __module__ = WAFV2Backend.__module__
    # The operations of WAF itself, which the mixin has under the same names.
    tag_resource = WAFV2Backend.tag_resource  # type: ignore[assignment]
    untag_resource = WAFV2Backend.untag_resource

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        for acl in self.wacls.values():
            tags = self.tagging_service.get_tag_dict_for_resource(acl.arn)
            yield TaggedResource(arn=acl.arn, tags=tags, resource_type="wafv2:regional/webacl")


wafv2_backends.backend = _Backend
