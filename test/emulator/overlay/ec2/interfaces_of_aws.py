"""Network interfaces that AWS makes in subnets for other resources.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html and
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html: NAT gateways, interface
endpoints and load balancers have one in each of their subnets, as long as they are there. moto's are not
to be told from those of users, have addresses from anywhere, and outlive their owners.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface, NetworkInterfaceBackend

_IsGone = Callable[[], bool]

# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
_FIRST_ADDRESS_OF_USERS = 4


def make_interface(
    backend: Any,
    subnet_id: str,
    interface_type: str,
    description: str,
    owner_is_gone: _IsGone,
    group_ids: Iterable[str] = (),
    requester_id: str = "amazon-aws",
) -> NetworkInterface:
    """An interface that is there until its owner is gone: for as long as `owner_is_gone` says no."""
    subnet = backend.get_subnet(subnet_id)
    groups = list(group_ids)
    interface = backend.create_network_interface(
        subnet, free_address(backend, subnet), group_ids=groups, description=description
    )
    if not groups:
        # Those of NAT gateways and network load balancers have none, where moto gives the default one.
        interface._group_set = []
    interface.interface_type = interface_type
    interface.requester_managed = True
    interface.requester_id = requester_id
    interface.status = "in-use"
    interface.owner_is_gone = owner_is_gone
    return interface


def free_address(backend: Any, subnet: Any) -> str:
    """The lowest private address of a subnet that no interface has."""
    taken = {interface.private_ip_address for interface in backend.enis.values()}
    network = ipaddress.IPv4Network(subnet.cidr_block, strict=False)
    for offset in range(_FIRST_ADDRESS_OF_USERS, network.num_addresses - 1):
        address = str(network[offset])
        if address not in taken:
            return address
    raise ValueError(f"{subnet.id} has no free address")


def remove_interfaces_of_gone_owners(backend: Any) -> None:
    """To be called before interfaces, or addresses mapped to them, are looked at."""
    for interface in list(backend.enis.values()):
        owner_is_gone: _IsGone | None = getattr(interface, "owner_is_gone", None)
        if owner_is_gone is not None and owner_is_gone():
            remove_interface(backend, interface.id)


def remove_interface(backend: Any, interface_id: str) -> None:
    """Takes an interface away, and the association of the address that was mapped to it."""
    interface = backend.enis.pop(interface_id, None)
    for address in backend.addresses:
        if interface is not None and address.eni is interface:
            address.eni = address.instance = address.association_id = None
            interface.public_ip = None


_all = NetworkInterfaceBackend.get_all_network_interfaces
_one = NetworkInterfaceBackend.get_network_interface


def _get_all_network_interfaces(self: Any, *args: Any, **kwargs: Any) -> list[NetworkInterface]:
    remove_interfaces_of_gone_owners(self)
    return _all(self, *args, **kwargs)


def _get_network_interface(self: Any, eni_id: str) -> NetworkInterface:
    remove_interfaces_of_gone_owners(self)
    return _one(self, eni_id)


setattr(NetworkInterfaceBackend, "get_all_network_interfaces", _get_all_network_interfaces)
setattr(NetworkInterfaceBackend, "get_network_interface", _get_network_interface)
