"""Tags of load balancers, target groups and listeners.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html: of at most 20 resources,
which must exist, where moto shows none for those that do not.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html: 50 on a resource; moto's limit
is 10.
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html: GetResources shows all
types of resources, so listeners too, which moto leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.elbv2.models import ELBv2Backend
from moto.elbv2.responses import ELBV2Response

from ..operations import AwsError, Call, operation
from .pages import check_named


@operation(ELBV2Response, "DescribeTags")
def describe(call: Call) -> Any:
    check_named(call, "ResourceArns")
    for arn in call.params["ResourceArns"]:
        call.response.elbv2_backend._get_resource_by_arn(arn)
    return call.original()


@operation(ELBV2Response, "AddTags")
def add(call: Call) -> Any:
    backend = call.response.elbv2_backend
    for arn in call.params["ResourceArns"]:
        backend._get_resource_by_arn(arn)
        present = backend.tagging_service.get_tag_dict_for_resource(arn)
        if len({*present, *(tag["Key"] for tag in call.params["Tags"])}) > 50:
            raise AwsError("TooManyTags", "A resource can have no more than 50 tags.")
    for arn in call.params["ResourceArns"]:
        backend.tagging_service.tag_resource(arn, call.params["Tags"])
    return {}


_originally_tagged = ELBv2Backend.iter_tagged_resources


def _tagged(self: ELBv2Backend) -> Iterator[TaggedResource]:
    yield from _originally_tagged(self)
    for balancer in self.load_balancers.values():
        for arn in balancer.listeners:
            tags = self.tagging_service.get_tag_dict_for_resource(arn)
            yield TaggedResource(arn=arn, tags=tags, resource_type="elasticloadbalancing:listener")


ELBv2Backend.iter_tagged_resources = _tagged
