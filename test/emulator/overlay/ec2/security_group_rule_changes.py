"""Rules of security groups, changed in place.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html: everything of a rule
but its kind of peer, all rules of a request or none. moto changes IPv4 rules only.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .cidr_blocks import canonical
from .security_group_permissions import (
    Permission,
    described,
    invalid,
    peer_of,
    ports_of,
    protocol_of,
)
from .security_group_rules import write_permission
from .security_group_views import key_of, kind_of
from .security_groups import group_of

_KINDS = {
    "CidrIpv4": "CidrIp",
    "CidrIpv6": "CidrIpv6",
    "ReferencedGroupId": "GroupId",
    "PrefixListId": "PrefixListId",
}


@operation(EC2Response, "ModifySecurityGroupRules")
def modify(call: Call) -> Any:
    group = group_of(call)
    rules = {rule.id: rule for rule in (*group.ingress_rules, *group.egress_rules)}
    changes = []
    for change in call.params["SecurityGroupRules"]:
        rule = rules.get(change["SecurityGroupRuleId"])
        if rule is None:
            raise AwsError(
                "InvalidSecurityGroupRuleId.NotFound",
                f"The security group rule ID '{change['SecurityGroupRuleId']}' does not exist",
            )
        wanted = _permission(call, group, change.get("SecurityGroupRule", {}))
        if kind_of(rule) != wanted.kind:
            raise invalid(f"Invalid rule type for security group rule '{rule.id}'.")
        changes.append((rule, wanted))
    changed = {rule.id for rule, _ in changes}
    for rule, wanted in changes:
        others = group.egress_rules if rule.is_egress else group.ingress_rules
        if any(key_of(other) == wanted.key for other in others if other.id not in changed):
            raise AwsError("InvalidPermission.Duplicate", "the specified rule already exists")
    for rule, wanted in changes:
        write_permission(rule, wanted)
    return {"Return": True}


def _permission(call: Call, group: Any, wanted: dict[str, Any]) -> Permission:
    given = [name for name in _KINDS if wanted.get(name)]
    if len(given) != 1:
        code = "InvalidParameterCombination" if given else "MissingParameter"
        raise AwsError(
            code,
            "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId",
        )
    protocol = protocol_of(wanted.get("IpProtocol") or "null")
    ports = ports_of(protocol, wanted.get("FromPort"), wanted.get("ToPort"))
    kind, peer = _KINDS[given[0]], wanted[given[0]]
    if kind == "GroupId":
        peer = peer_of(call.response.ec2_backend, group, {"GroupId": peer})
    elif kind != "PrefixListId":
        peer = canonical(peer, given[0])
    return Permission(protocol, *ports, kind, peer, described(wanted))
