"""Internet gateways.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html: not while public
addresses are mapped in the VPC, of which moto knows nothing.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html: a VPC has one at most,
where moto attaches a second one.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .interfaces_of_aws import remove_interfaces_of_gone_owners
from .vpcs import vpc_of


def _gateway_of(call: Call) -> Any:
    gateway_id = call.params["InternetGatewayId"]
    gateway = call.response.ec2_backend.internet_gateways.get(gateway_id)
    if gateway is None:
        raise AwsError(
            "InvalidInternetGatewayID.NotFound", f"The internetGateway ID '{gateway_id}' does not exist"
        )
    return gateway


@operation(EC2Response, "AttachInternetGateway")
def attach(call: Call) -> Any:
    backend = call.response.ec2_backend
    gateway, vpc = _gateway_of(call), vpc_of(backend, call.params["VpcId"])
    if gateway.vpc is not None:
        raise AwsError(
            "Resource.AlreadyAssociated",
            f"resource {gateway.id} is already attached to network {gateway.vpc.id}",
        )
    if any(other.vpc is vpc for other in backend.internet_gateways.values()):
        raise AwsError(
            "InvalidParameterValue", f"Network {vpc.id} already has an internet gateway attached"
        )
    gateway.vpc = vpc
    return {}


@operation(EC2Response, "DetachInternetGateway")
def detach(call: Call) -> Any:
    backend = call.response.ec2_backend
    gateway, vpc = _gateway_of(call), vpc_of(backend, call.params["VpcId"])
    if gateway.vpc is not vpc:
        raise AwsError("Gateway.NotAttached", f"resource {gateway.id} is not attached to network {vpc.id}")
    remove_interfaces_of_gone_owners(backend)
    if any(each.public_ip and each.subnet.vpc_id == vpc.id for each in backend.enis.values()):
        raise AwsError(
            "DependencyViolation",
            f"Network {vpc.id} has some mapped public address(es). Please unmap those public address(es) "
            "before detaching the gateway.",
        )
    gateway.vpc = None
    return {}


@operation(EC2Response, "DeleteInternetGateway")
def delete(call: Call) -> Any:
    backend, gateway = call.response.ec2_backend, _gateway_of(call)
    if gateway.vpc is not None:
        raise AwsError(
            "DependencyViolation",
            f"The internetGateway '{gateway.id}' has dependencies and cannot be deleted.",
        )
    backend.internet_gateways.pop(gateway.id)
    backend.tags.pop(gateway.id, None)
    return {}
