"""Attachments of VPCs to transit gateways.

https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html: an attachment is pending, then available;
modifying, then available again; deleting, then deleted. moto's is available, and forgotten, at once.
Durations: lifecycle "ec2/transit-gateway-attachment", states "pending", "modifying" and "deleting"; with one
for "failed", every new one fails, and a failed one cannot be deleted. It has an interface in each of its
subnets, one in a zone.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html: tags, which
moto looks for under another type.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html: filters,
which moto has in part; those by tag are not in AWS's list of filters, and work.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html: not while it has
attachments.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.transit_gateway_attachments import TransitGatewayVpcAttachment
from moto.ec2.responses import EC2Response

from .. import lifecycle, staleness
from ..operations import AwsError, Call, operation
from .described import check_tag_specifications, described, required, tag_on_creation, tags_of
from .interfaces_of_aws import make_interface, remove_interface, remove_interfaces_of_gone_owners

_ATTACHMENT = "ec2/transit-gateway-attachment"

_GONE = ("deleted", "failed")

_FILTERS = {
    "state": "State",
    "transit-gateway-attachment-id": "TransitGatewayAttachmentId",
    "transit-gateway-id": "TransitGatewayId",
    "vpc-id": "VpcId",
}


def _state(attachment: TransitGatewayVpcAttachment) -> str:
    return lifecycle.current(_ATTACHMENT, attachment.id, attachment.__dict__.get("state", "available"))


def _set_state(attachment: TransitGatewayVpcAttachment, state: str) -> None:
    attachment.__dict__["state"] = state


# Others read the field; here it is what the clock says.
TransitGatewayVpcAttachment.state = property(_state, _set_state)  # type: ignore[assignment]


def vpc_attachments(backend: Any) -> list[Any]:
    """Also those that are deleted, which AWS shows for a while."""
    attachments = backend.transit_gateway_attachments.values()
    return [one for one in attachments if isinstance(one, TransitGatewayVpcAttachment)]


@operation(EC2Response, "CreateTransitGatewayVpcAttachment")
def create(call: Call) -> Any:
    required(call, "TransitGatewayId", "VpcId", "SubnetIds")
    check_tag_specifications(call, "transit-gateway-attachment")
    backend, params = call.response.ec2_backend, call.params
    remove_interfaces_of_gone_owners(backend)
    gateway = _transit_gateway(backend, params["TransitGatewayId"])
    vpc_id = backend.get_vpc(params["VpcId"]).id
    _check_subnets(backend, vpc_id, params["SubnetIds"])
    for other in vpc_attachments(backend):
        same = (other.transit_gateway_id, other.vpc_id) == (gateway.id, vpc_id)
        if same and other.state not in _GONE:
            message = f"{gateway.id} has non-deleted Transit Gateway Attachments with same VPC ID."
            raise AwsError("DuplicateTransitGatewayAttachment", message)

    attachment = TransitGatewayVpcAttachment(
        backend, gateway, vpc_id, [], options=params.get("Options", {})
    )
    attachment.network_interfaces = {}
    backend.transit_gateway_attachments[attachment.id] = attachment
    table = attachment.transit_gateway_route_table
    if gateway.options["DefaultRouteTableAssociation"] == "enable":
        backend.set_route_table_association(attachment.id, table.id)
    _add_subnets(attachment, params["SubnetIds"])
    outcome = "failed" if lifecycle.lasts(_ATTACHMENT, "failed") else "available"
    lifecycle.begin(_ATTACHMENT, attachment.id, "pending", then=outcome)
    tag_on_creation(call, attachment.id, "transit-gateway-attachment")
    staleness.written(attachment.id)
    staleness.written(
        f"arn:{call.partition}:ec2:{call.region}:{call.account}:transit-gateway-attachment/{attachment.id}"
    )
    return {"TransitGatewayVpcAttachment": _shown(attachment)}


def _transit_gateway(backend: Any, transit_gateway_id: str) -> Any:
    gateway = backend.transit_gateways.get(transit_gateway_id)
    if gateway is None:
        message = f"Transit Gateway {transit_gateway_id} was deleted or does not exist."
        raise AwsError("InvalidTransitGatewayID.NotFound", message)
    return gateway


def _check_subnets(backend: Any, vpc_id: str, subnet_ids: list[str]) -> None:
    subnets = [backend.get_subnet(subnet_id) for subnet_id in subnet_ids]
    for subnet in subnets:
        if subnet.vpc_id != vpc_id:
            message = f"Subnet {subnet.id} was deleted or does not exist in {vpc_id}."
            raise AwsError("InvalidSubnetID.NotFound", message)
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        raise AwsError("DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ")


def _add_subnets(attachment: Any, subnet_ids: list[str]) -> None:
    for subnet_id in subnet_ids:
        attachment.network_interfaces[subnet_id] = make_interface(
            attachment.ec2_backend,
            subnet_id,
            "transit_gateway",
            f"Network Interface for Transit Gateway Attachment {attachment.id}",
            owner_is_gone=lambda: attachment.state in _GONE,
        )
    attachment.subnet_ids = list(attachment.network_interfaces)


def _attachment(call: Call) -> Any:
    attachment_id = call.params["TransitGatewayAttachmentId"]
    attachment = call.response.ec2_backend.transit_gateway_attachments.get(attachment_id)
    if not isinstance(attachment, TransitGatewayVpcAttachment) or attachment.state == "deleted":
        message = f"Transit Gateway VPC Attachment {attachment_id} was deleted or does not exist."
        raise AwsError("InvalidTransitGatewayAttachmentID.NotFound", message)
    return attachment


def _incorrect_state(attachment: Any) -> AwsError:
    return AwsError("IncorrectState", f"{attachment.id} is in invalid state: {attachment.state}")


@operation(EC2Response, "ModifyTransitGatewayVpcAttachment")
def modify(call: Call) -> Any:
    attachment = _attachment(call)
    if attachment.state != "available":
        raise _incorrect_state(attachment)
    backend, interfaces = call.response.ec2_backend, attachment.network_interfaces
    removed = [one for one in call.params.get("RemoveSubnetIds", []) if one in interfaces]
    added = [one for one in call.params.get("AddSubnetIds", []) if one not in interfaces]
    remaining = [one for one in interfaces if one not in removed]
    _check_subnets(backend, attachment.vpc_id, [*remaining, *added])
    if not remaining and not added:
        message = f"{attachment.id} must have at least one subnet"
        raise AwsError("InvalidParameterValue", message)
    for subnet_id in removed:
        remove_interface(backend, interfaces.pop(subnet_id).id)
    _add_subnets(attachment, added)
    attachment.options |= call.params.get("Options", {})
    lifecycle.begin(_ATTACHMENT, attachment.id, "modifying", then="available")
    return {"TransitGatewayVpcAttachment": _shown(attachment)}


@operation(EC2Response, "DeleteTransitGatewayVpcAttachment")
def delete(call: Call) -> Any:
    attachment = _attachment(call)
    if attachment.state == "failed":
        raise _incorrect_state(attachment)
    if attachment.state != "deleting":
        table = attachment.transit_gateway_route_table
        if table is not None:
            table.route_table_associations.pop(attachment.id, None)
        lifecycle.begin(_ATTACHMENT, attachment.id, "deleting", then="deleted")
    return {"TransitGatewayVpcAttachment": _shown(attachment)}


@operation(EC2Response, "DescribeTransitGatewayVpcAttachments")
def describe(call: Call) -> Any:
    shown = [_shown(attachment) for attachment in vpc_attachments(call.response.ec2_backend)]
    ids = call.params.get("TransitGatewayAttachmentIds", [])
    missing = "InvalidTransitGatewayAttachmentID.NotFound"
    page, token = described(call, shown, "TransitGatewayAttachmentId", ids, _FILTERS, missing)
    return {"TransitGatewayVpcAttachments": page, "NextToken": token}


def _shown(attachment: Any) -> dict[str, Any]:
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "TransitGatewayId": attachment.transit_gateway_id,
        "VpcId": attachment.vpc_id,
        "VpcOwnerId": attachment.vpc_owner_id,
        "State": attachment.state,
        "SubnetIds": list(attachment.network_interfaces),
        "CreationTime": attachment._created_at,
        "Options": attachment.options,
        "Tags": tags_of(attachment.ec2_backend, attachment.id),
    }


@operation(EC2Response, "DeleteTransitGateway")
def delete_transit_gateway(call: Call) -> Any:
    backend = call.response.ec2_backend
    gateway = _transit_gateway(backend, call.params["TransitGatewayId"])
    attached = [
        one.id
        for one in backend.transit_gateway_attachments.values()
        if one.transit_gateway_id == gateway.id and one.state not in _GONE
    ]
    if attached:
        message = f"{gateway.id} has non-deleted VPC Attachments: {', '.join(attached)}."
        raise AwsError("IncorrectState", message)
    return call.original()
