"""Network interfaces of users.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html: "You must detach the
network interface before you can delete it", and AWS's own cannot be deleted by users.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html: its groups exist; moto
makes those that do not.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html: filters by the
address that is mapped to an interface.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .interfaces_of_aws import remove_interface, remove_interfaces_of_gone_owners

_filter_value = NetworkInterface.get_filter_value


def _get_filter_value(self: NetworkInterface, filter_name: str, method_name: str | None = None) -> Any:
    kind, _, member = filter_name.removeprefix("addresses.").partition(".")
    if kind == "association":
        name = "".join(part.title() for part in member.split("-"))
        return self.association.get(f"{name[0].lower()}{name[1:]}")
    if filter_name == "group-name":
        return [group.name for group in self.group_set]
    return _filter_value(self, filter_name, method_name)


NetworkInterface.get_filter_value = _get_filter_value  # type: ignore[method-assign]


@operation(EC2Response, "CreateNetworkInterface")
def create(call: Call) -> Any:
    backend = call.response.ec2_backend
    subnet = backend.get_subnet(call.params["SubnetId"])
    for group_id in call.params.get("Groups", []):
        group = backend.get_security_group_from_id(group_id)
        if group is None:
            raise AwsError("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
        if group.vpc_id != subnet.vpc_id:
            raise AwsError(
                "InvalidParameterValue",
                f"{group_id} and {subnet.id} belong to different networks.",
            )
    return call.original()


@operation(EC2Response, "DeleteNetworkInterface")
def delete(call: Call) -> Any:
    backend, interface_id = call.response.ec2_backend, call.params["NetworkInterfaceId"]
    remove_interfaces_of_gone_owners(backend)
    interface = backend.get_network_interface(interface_id)
    if interface.requester_managed or interface.instance is not None:
        raise AwsError(
            "InvalidParameterValue", f"Network interface '{interface_id}' is currently in use."
        )
    remove_interface(backend, interface_id)
    backend.tags.pop(interface_id, None)
    return {}
