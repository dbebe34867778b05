"""What the tagging index shows of EC2.

https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html: the types in ARNs.
moto has no addresses and endpoints, and another name for flow logs. What is deleted is not in the index,
though descriptions still show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.ec2.models import EC2Backend

_iterate = EC2Backend.iter_tagged_resources


def _iter_tagged_resources(self: Any) -> Iterator[TaggedResource]:
    gone = {
        resource.id
        for resources in (self.nat_gateways, self.transit_gateway_attachments)
        for resource in resources.values()
        if resource.state == "deleted"
    }
    for resource in _iterate(self):
        if resource.resource_type == "ec2:flow-logs":
            continue
        if resource.arn.rsplit("/", 1)[-1] not in gone:
            yield resource
    for flow_log_id in self.flow_logs:
        yield _tagged(self, "vpc-flow-log", flow_log_id)
    for address in self.addresses:
        yield _tagged(self, "elastic-ip", address.allocation_id)
    for endpoint in self.vpc_end_points.values():
        if endpoint.state != "deleted":
            yield _tagged(self, "vpc-endpoint", endpoint.id)


def _tagged(backend: Any, kind: str, resource_id: str) -> TaggedResource:
    return TaggedResource(
        arn=f"arn:{backend.partition}:ec2:{backend.region_name}:{backend.account_id}:{kind}/{resource_id}",
        tags=dict(backend.tags.get(resource_id, {})),
        resource_type=f"ec2:{kind}",
    )


EC2Backend.iter_tagged_resources = _iter_tagged_resources  # type: ignore[method-assign]
