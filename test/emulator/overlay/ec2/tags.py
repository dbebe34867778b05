"""Tags of EC2 resources.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html: a resource that does not exist
cannot be tagged, where moto looks only some types up, and tags beginning with aws: are AWS's own.
API_DeleteTags.html: "If you don't specify tags, all user-defined tags are deleted", in moto none.
moto searches all tags of all resources, by regular expressions, for those of one: with 150 subnets a
description takes seconds. Here they are looked up.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.responses import EC2Response
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

from ..operations import AwsError, Call, operation


def _get_tags(self: Any) -> list[dict[str, str]]:
    tags: dict[str, str] = self.ec2_backend.tags.get(self.id) or {}
    kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(self.id), "") if tags else ""
    return [
        {"resource_id": self.id, "key": key, "value": value, "resource_type": kind}
        for key, value in tags.items()
    ]


TaggedEC2Resource.get_tags = _get_tags  # type: ignore[method-assign]

# Types that moto does not look up, with where they are and what AWS says when they are not.
_LOOKED_UP = {
    "acl": ("network_acls", "InvalidNetworkAclID.NotFound", "networkAcl"),
    "eigw": ("egress_only_internet_gateways", "InvalidGatewayID.NotFound", "eigw"),
    "eni": ("enis", "InvalidNetworkInterfaceID.NotFound", "networkInterface"),
    "fl": ("flow_logs", "InvalidFlowLogId.NotFound", "flowLog"),
    "nat": ("nat_gateways", "InvalidNatGatewayID.NotFound", "natGateway"),
    "tgw": ("transit_gateways", "InvalidTransitGatewayID.NotFound", "transitGateway"),
    "tgw-attach": (
        "transit_gateway_attachments",
        "InvalidTransitGatewayAttachmentID.NotFound",
        "transitGatewayAttachment",
    ),
    "vpce": ("vpc_end_points", "InvalidVpcEndpointId.NotFound", "vpcEndpoint"),
}


@operation(EC2Response, "CreateTags")
def create_tags(call: Call) -> Any:
    if any(tag.get("Key", "").lower().startswith("aws:") for tag in call.params.get("Tags", [])):
        raise AwsError(
            "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use"
        )
    backend = call.response.ec2_backend
    for resource_id in call.params.get("Resources", []):
        _check_exists(backend, resource_id)
    return call.original()


@operation(EC2Response, "DeleteTags")
def delete_tags(call: Call) -> Any:
    backend = call.response.ec2_backend
    for resource_id in call.params.get("Resources", []):
        present = backend.tags[resource_id]
        for key in [key for key in present if not key.startswith("aws:")]:
            if _is_to_go(key, present[key], call.params.get("Tags")):
                present.pop(key)
    return {}


def _is_to_go(key: str, value: str, wanted: list[dict[str, str]] | None) -> bool:
    """A tag without a value stands for every value, one with an empty value for that only."""
    if wanted is None:
        return True
    return any(tag["Key"] == key and tag.get("Value", value) == value for tag in wanted)


def _check_exists(backend: Any, resource_id: str) -> None:
    prefix = get_prefix(resource_id)
    if prefix == "eipalloc" and not any(
        address.allocation_id == resource_id for address in backend.addresses
    ):
        raise AwsError(
            "InvalidAllocationID.NotFound", f"The allocation ID '{resource_id}' does not exist"
        )
    if prefix == "sgr" and not any(
        rule.id == resource_id
        for groups in backend.groups.values()
        for group in groups.values()
        for rule in (*group.ingress_rules, *group.egress_rules)
    ):
        raise AwsError(
            "InvalidSecurityGroupRuleId.NotFound",
            f"The security group rule ID '{resource_id}' does not exist",
        )
    if prefix in _LOOKED_UP:
        attribute, code, name = _LOOKED_UP[prefix]
        if resource_id not in getattr(backend, attribute):
            raise AwsError(code, f"The {name} ID '{resource_id}' does not exist")
