"""Permissions, as requests name rules of security groups: checked, and taken apart into single rules.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html: ports belong to TCP, UDP and
ICMP only. API_IpRange.html: CIDR blocks are made canonical, descriptions have at most 255 characters of a
small set. moto takes any port and any description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..operations import AwsError, Call
from .cidr_blocks import canonical

_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")

RuleKey = tuple[str, int | None, int | None, str]


@dataclass(frozen=True)
class Permission:
    """One rule that somebody wants, or wants to be gone; its peer is a block, a group or a prefix list."""

    protocol: str
    from_port: int | None
    to_port: int | None
    kind: str
    peer: str
    description: str | None

    @property
    def key(self) -> RuleKey:
        return self.protocol, self.from_port, self.to_port, self.peer


def permissions_of(call: Call, group: Any) -> list[Permission]:
    """What a request names; the same one twice is refused."""
    given = call.params.get("IpPermissions") or _single(call.params)
    found = [permission for each in given for permission in _split(call, group, each)]
    if len({permission.key for permission in found}) < len(found):
        raise invalid("The same permission must not appear multiple times")
    if not found:
        raise AwsError("MissingParameter", "The request must contain the parameter ipPermissions")
    return found


def _single(params: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of a request that names one rule without a list."""
    if "IpProtocol" not in params:
        return []
    permission = {name: params[name] for name in ("IpProtocol", "FromPort", "ToPort") if name in params}
    ranges = [{"CidrIp": params["CidrIp"]}] if "CidrIp" in params else []
    return [{**permission, "IpRanges": ranges}]


def _split(call: Call, group: Any, given: dict[str, Any]) -> Iterator[Permission]:
    if not given.get("IpProtocol"):
        raise invalid(
            "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly."
        )
    protocol = protocol_of(given["IpProtocol"])
    ports = ports_of(protocol, given.get("FromPort"), given.get("ToPort"))
    for source in given.get("IpRanges", []):
        yield Permission(
            protocol, *ports, "CidrIp", canonical(source["CidrIp"], "cidrIp"), described(source)
        )
    for source in given.get("Ipv6Ranges", []):
        block = canonical(source["CidrIpv6"], "cidrIpv6")
        yield Permission(protocol, *ports, "CidrIpv6", block, described(source))
    for source in given.get("UserIdGroupPairs", []):
        peer = peer_of(call.response.ec2_backend, group, source)
        yield Permission(protocol, *ports, "GroupId", peer, described(source))
    for source in given.get("PrefixListIds", []):
        yield Permission(protocol, *ports, "PrefixListId", source["PrefixListId"], described(source))


def protocol_of(given: str) -> str:
    protocol = _PROTOCOLS.get(given.lower(), given.lower())
    is_number = protocol.isdecimal() and int(protocol) <= 255
    if protocol != "-1" and not is_number and protocol not in _PROTOCOLS.values():
        raise invalid(f"Invalid value '{given}' for IP protocol. Unknown protocol.")
    return protocol


def ports_of(protocol: str, first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if protocol in ("tcp", "udp"):
        if first is None or last is None:
            raise invalid("Invalid value for portRange. Must specify both from and to ports with TCP/UDP.")
        for port in (first, last):
            if not 0 <= port <= 65535:
                raise invalid(f"TCP/UDP port ({port}) out of range")
        if first > last:
            raise invalid(f"Invalid TCP/UDP port range ({first}:{last})")
        return first, last
    if protocol == "icmpv6" and first is None and last is None:
        return -1, -1
    if protocol in ("icmp", "icmpv6"):
        if first is None or last is None or not (-1 <= first <= 255 and -1 <= last <= 255):
            raise invalid(f"ICMP code or type ({first}:{last}) out of range")
        return first, last
    return None, None


def described(source: dict[str, Any]) -> str | None:
    description: str | None = source.get("Description")
    if description is not None and not DESCRIPTION.fullmatch(description):
        raise invalid(
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the "
            "following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
        )
    return description or None


def peer_of(backend: Any, group: Any, source: dict[str, Any]) -> str:
    """The id of a group that a rule refers to, which is in the same VPC or in a peered one."""
    wanted = source.get("GroupId") or source.get("GroupName")
    for vpc_id, groups in backend.groups.items():
        for other in groups.values():
            if other.id == wanted or (other.name == wanted and vpc_id == group.vpc_id):
                if vpc_id != group.vpc_id and not backend.vpc_pcxs:
                    raise AwsError(
                        "InvalidGroup.NotFound",
                        "You have specified two resources that belong to different networks.",
                    )
                return str(other.id)
    raise AwsError("InvalidGroup.NotFound", f"The security group '{wanted}' does not exist")


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterValue", message)
