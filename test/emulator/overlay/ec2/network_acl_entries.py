"""Entries of network ACLs.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html: numbers from 1 to
32766, ports for TCP and UDP, type and code for ICMP, which moto does not keep; protocols are shown by their
numbers and CIDR blocks canonically. API_ReplaceNetworkAclEntry.html and API_DeleteNetworkAclEntry.html: a
missing one is a defect in moto.
https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls: 20 entries in each
direction, the last one included.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.network_acls import NetworkAcl, NetworkAclEntry
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .cidr_blocks import canonical

_LAST = 32767
_ENTRIES_PER_DIRECTION = 20
_PROTOCOLS = {"all": "-1", "icmp": "1", "tcp": "6", "udp": "17", "icmpv6": "58"}
_WITH_PORTS = ("6", "17")
_WITH_TYPES = ("1", "58")


def add_last_entries(backend: Any, acl: NetworkAcl) -> None:
    for egress in (True, False):
        acl.network_acl_entries.append(
            NetworkAclEntry(
                backend, acl.id, _LAST, "-1", "deny", egress, "0.0.0.0/0", None, None, None, None, None
            )
        )


def acl_of(call: Call) -> NetworkAcl:
    acl_id = call.params["NetworkAclId"]
    acl: NetworkAcl | None = call.response.ec2_backend.network_acls.get(acl_id)
    if acl is None:
        raise AwsError("InvalidNetworkAclID.NotFound", f"The networkAcl ID '{acl_id}' does not exist")
    return acl


def _present(call: Call, acl: NetworkAcl) -> NetworkAclEntry | None:
    number, egress = call.params["RuleNumber"], call.params["Egress"]
    if not 1 <= number < _LAST:
        raise _invalid(
            f"Value ({number}) for parameter ruleNumber is invalid. Must be between 1 and {_LAST - 1}."
        )
    for entry in acl.network_acl_entries:
        if entry.rule_number == number and entry.egress == egress:
            return entry
    return None


def _missing(call: Call) -> AwsError:
    direction = "egress" if call.params["Egress"] else "ingress"
    number = call.params["RuleNumber"]
    return AwsError("InvalidNetworkAclEntry.NotFound", f"no {direction} entry with number {number}")


@operation(EC2Response, "CreateNetworkAclEntry")
def create(call: Call) -> Any:
    acl = acl_of(call)
    if _present(call, acl) is not None:
        number = call.params["RuleNumber"]
        raise AwsError(
            "NetworkAclEntryAlreadyExists",
            f"The network acl entry identified by {number} already exists.",
        )
    made = _entry(call, acl)
    same_direction = [entry for entry in acl.network_acl_entries if entry.egress == made.egress]
    if len(same_direction) >= _ENTRIES_PER_DIRECTION:
        raise AwsError(
            "NetworkAclEntryLimitExceeded",
            f"The maximum number of network acl entries for {acl.id} has been reached.",
        )
    acl.network_acl_entries.append(made)
    return {}


@operation(EC2Response, "ReplaceNetworkAclEntry")
def replace(call: Call) -> Any:
    acl = acl_of(call)
    present = _present(call, acl)
    if present is None:
        raise _missing(call)
    acl.network_acl_entries[acl.network_acl_entries.index(present)] = _entry(call, acl)
    return {}


@operation(EC2Response, "DeleteNetworkAclEntry")
def delete(call: Call) -> Any:
    acl = acl_of(call)
    present = _present(call, acl)
    if present is None:
        raise _missing(call)
    acl.network_acl_entries.remove(present)
    return {}


def _entry(call: Call, acl: NetworkAcl) -> NetworkAclEntry:
    params = call.params
    if params["RuleAction"] not in ("allow", "deny"):
        raise _invalid(f"Value ({params['RuleAction']}) for parameter ruleAction is invalid.")
    blocks = [name for name in ("CidrBlock", "Ipv6CidrBlock") if params.get(name)]
    if len(blocks) != 1:
        raise AwsError("MissingParameter", "The request must contain one of cidrBlock and ipv6CidrBlock")
    block = canonical(params[blocks[0]], "cidrBlock")
    protocol = _protocol(params["Protocol"])
    ports = _ports(params) if protocol in _WITH_PORTS else {}
    icmp = _icmp(params) if protocol in _WITH_TYPES else {}
    return NetworkAclEntry(
        call.response.ec2_backend,
        acl.id,
        params["RuleNumber"],
        protocol,
        params["RuleAction"],
        params["Egress"],
        cidr_block=block if blocks == ["CidrBlock"] else None,  # type: ignore[arg-type]
        icmp_code=icmp.get("Code"),
        icmp_type=icmp.get("Type"),
        port_range_from=ports.get("From"),
        port_range_to=ports.get("To"),
        ipv6_cidr_block=block if blocks == ["Ipv6CidrBlock"] else None,
    )


def _protocol(given: str) -> str:
    protocol = _PROTOCOLS.get(given.lower(), given)
    if protocol != "-1" and not (protocol.isdecimal() and int(protocol) <= 255):
        raise _invalid(f"Invalid value '{given}' for IP protocol. Unknown protocol.")
    return protocol


def _ports(params: dict[str, Any]) -> dict[str, int]:
    ports: dict[str, int] = params.get("PortRange", {})
    if "From" not in ports or "To" not in ports:
        raise AwsError("MissingParameter", "The request must contain the parameter portRange")
    if not 0 <= ports["From"] <= ports["To"] <= 65535:
        raise _invalid(f"Invalid TCP/UDP port range ({ports['From']}:{ports['To']})")
    return ports


def _icmp(params: dict[str, Any]) -> dict[str, int]:
    icmp: dict[str, int] = params.get("IcmpTypeCode", {})
    if "Type" not in icmp or "Code" not in icmp:
        raise AwsError("MissingParameter", "The request must contain the parameter icmpTypeCode")
    if not (-1 <= icmp["Type"] <= 255 and -1 <= icmp["Code"] <= 255):
        raise _invalid(f"ICMP code or type ({icmp['Type']}:{icmp['Code']}) out of range")
    return icmp


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterValue", message)
