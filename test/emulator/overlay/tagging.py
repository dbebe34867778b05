"""The Resource Groups Tagging API.

https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
A region shows its own S3 buckets only, where moto shows those of all. An empty page has an empty token.
What was created a moment ago may be absent (staleness "tagging"). Filters are refused by AWS's limits. A
page ends where the next one begins, by position, so that a token can be used again by a caller who lost the
answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.resourcegroupstaggingapi.responses import ResourceGroupsTaggingAPIResponse
from moto.s3.models import s3_backends

from . import staleness
from .operations import AwsError, Call, operation


@operation(ResourceGroupsTaggingAPIResponse, "GetResources")
def get_resources(call: Call) -> Any:
    _check(call.params)
    backend = call.response.backend
    found = sorted(
        _visible(
            call,
            backend._get_resources_generator(
                tag_filters=call.params.get("TagFilters"),
                resource_type_filters=call.params.get("ResourceTypeFilters"),
                resource_arn_list=call.params.get("ResourceARNList"),
            ),
        ),
        key=lambda resource: resource.arn,
    )
    after = call.params.get("PaginationToken") or ""
    rest = [resource for resource in found if resource.arn > after]
    # TagsPerPage never splits a resource, and one page of resources is always allowed.
    size = call.params.get("ResourcesPerPage", 100)
    page = rest[:size]
    mappings = [
        {
            "ResourceARN": resource.arn,
            "Tags": [{"Key": key, "Value": value} for key, value in resource.tags.items()],
        }
        for resource in page
    ]
    return {
        "ResourceTagMappingList": mappings,
        "PaginationToken": page[-1].arn if len(rest) > size else "",
    }


def _visible(call: Call, resources: Iterator[TaggedResource]) -> Iterator[TaggedResource]:
    buckets = s3_backends[call.account][call.partition].buckets
    for resource in resources:
        if staleness.is_hidden("tagging", resource.arn):
            continue
        if resource.resource_type == "s3:bucket":
            bucket = buckets.get(resource.arn.split(":")[-1])
            if bucket is not None and bucket.region_name != call.region:
                continue
        yield resource


def _check(params: dict[str, Any]) -> None:
    filters = params.get("TagFilters", [])
    if len(filters) > 50 or any(len(wanted.get("Values", [])) > 20 for wanted in filters):
        raise _invalid("At most 50 tag filters, each with at most 20 values, can be given.")
    if "ResourceARNList" in params and ("TagFilters" in params or "ResourceTypeFilters" in params):
        raise _invalid("ResourceARNList cannot be given together with TagFilters or ResourceTypeFilters.")
    if len(params.get("ResourceTypeFilters", [])) > 100 or len(params.get("ResourceARNList", [])) > 100:
        raise _invalid("At most 100 resource types or ARNs can be given.")
    if not 1 <= params.get("ResourcesPerPage", 1) <= 100:
        raise _invalid("ResourcesPerPage must be between 1 and 100")
    tags = params.get("TagsPerPage", 100)
    if not 100 <= tags <= 500 or tags % 100:
        raise _invalid("TagsPerPage must be a multiple of 100 between 100 and 500")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)
