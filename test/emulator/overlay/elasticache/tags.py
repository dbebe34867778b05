"""Tags of ElastiCache.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListTagsForResource.html: of a group
that is not available they cannot even be read (InvalidReplicationGroupState), and a change of them leaves a
group modifying for a while: https://github.com/hashicorp/terraform-provider-aws/pull/40320
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AddTagsToResource.html,
API_RemoveTagsFromResource.html: both answer with the tags; at most 50. moto tags any text.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html: how the types
are called, also in the tagging index, where moto has names of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.elasticache.models import ElastiCacheBackend

from ..operations import AwsError, Call
from .group import Group
from .refusals import group_not_found, not_available
from .states import elasticache, enter, settle, status_of

_NOT_FOUND = {
    "cluster": ("CacheClusterNotFound", 404),
    "parametergroup": ("CacheParameterGroupNotFound", 404),
    "snapshot": ("SnapshotNotFoundFault", 404),
    "subnetgroup": ("CacheSubnetGroupNotFoundFault", 400),
    "user": ("UserNotFound", 404),
}


def check_number_of_tags(tags: Collection[Any]) -> None:
    if len(tags) > 50:
        raise AwsError("TagQuotaPerResourceExceeded", "A resource can have no more than 50 tags.")


def _taggable(call: Call) -> Any:
    arn = call.params["ResourceName"]
    parts = arn.split(":")
    if len(parts) != 7 or parts[2] != "elasticache":
        raise AwsError("InvalidARN", f"ARN {arn} is invalid.")
    resource = next((one for _, one in _resources(call.response.elasticache_backend) if one.arn == arn), None)
    if resource is None and parts[5] == "replicationgroup":
        raise group_not_found(parts[6])
    if resource is None:
        code, status = _NOT_FOUND.get(parts[5], ("InvalidARN", 400))
        raise AwsError(code, f"{parts[6]} not found.", status)
    if isinstance(resource, Group) and status_of(resource) != "available":
        raise not_available("Cluster not in available state to perform tagging operations.")
    return resource


def _tags_of(call: Call) -> dict[str, Any]:
    service = call.response.elasticache_backend.tagging_service
    return {"TagList": service.list_tags_for_resource(call.params["ResourceName"])["Tags"]}


@elasticache("ListTagsForResource")
def list_tags(call: Call) -> Any:
    _taggable(call)
    return _tags_of(call)


@elasticache("AddTagsToResource")
def add(call: Call) -> Any:
    resource = _taggable(call)
    service = call.response.elasticache_backend.tagging_service
    present = service.get_tag_dict_for_resource(resource.arn)
    check_number_of_tags({*present, *(tag["Key"] for tag in call.params["Tags"])})
    service.tag_resource(resource.arn, call.params["Tags"])
    _replicate(resource)
    return _tags_of(call)


@elasticache("RemoveTagsFromResource")
def remove(call: Call) -> Any:
    resource = _taggable(call)
    service = call.response.elasticache_backend.tagging_service
    present = service.get_tag_dict_for_resource(resource.arn)
    for key in call.params["TagKeys"]:
        if key not in present:
            raise AwsError("TagNotFound", f"There is no tag {key} on {resource.arn}.", 404)
    service.untag_resource_using_names(resource.arn, call.params["TagKeys"])
    _replicate(resource)
    return _tags_of(call)


def _replicate(resource: Any) -> None:
    if isinstance(resource, Group):
        enter(resource, "modifying")


def _resources(backend: Any) -> Iterator[tuple[str, Any]]:
    kinds = {
        "cluster": backend.cache_clusters,
        "parametergroup": backend.__dict__.get("parameter_groups", {}),
        "replicationgroup": backend.replication_groups,
        "snapshot": backend.snapshots,
        "subnetgroup": backend.cache_subnet_groups,
        "user": backend.users,
    }
    for kind, resources in kinds.items():
        for resource in resources.values():
            yield kind, resource


def _iter_tagged_resources(self: Any) -> Iterator[TaggedResource]:
    settle(self)
    for kind, resource in _resources(self):
        tags = self.tagging_service.get_tag_dict_for_resource(resource.arn)
        if tags:
            yield TaggedResource(arn=resource.arn, tags=tags, resource_type=f"elasticache:{kind}")


ElastiCacheBackend.iter_tagged_resources = _iter_tagged_resources  # type: ignore[method-assign]
