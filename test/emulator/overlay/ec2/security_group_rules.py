"""Rules of security groups: adding, removing and describing them.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html and
API_RevokeSecurityGroupIngress.html (and those of egress): all rules of a request or none; at most 60 in a
direction; a missing rule is no error in a default VPC only. moto does a part of a request, keeps protocols
without ports from being used, and answers a missing rule id like a missing rule.
API_UpdateSecurityGroupRuleDescriptionsIngress.html: also by rule ids, and for referenced groups.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ec2.responses import EC2Response

from ..operations import AwsError, Call, operation
from .security_group_permissions import Permission, RuleKey, described, permissions_of
from .security_group_views import key_of, permission_views, rule_view
from .security_groups import group_of

_RULES_PER_DIRECTION = 60


def make_rule(
    group: SecurityGroup, wanted: Permission, egress: bool, tags: dict[str, str]
) -> SecurityGroupRule:
    rule = SecurityGroupRule(group.ec2_backend, "-1", group.id, None, None, {}, is_egress=egress, tags=tags)
    write_permission(rule, wanted)
    return rule


def write_permission(rule: SecurityGroupRule, wanted: Permission) -> None:
    rule.ip_protocol, rule.from_port, rule.to_port = wanted.protocol, wanted.from_port, wanted.to_port
    described_as = {"Description": wanted.description} if wanted.description else {}
    rule.ip_range, rule.source_group, rule.prefix_list_id = {}, {}, None
    if wanted.kind == "GroupId":
        owner = rule.ec2_backend.account_id
        rule.source_group = {"GroupId": wanted.peer, "UserId": owner, **described_as}
    elif wanted.kind == "PrefixListId":
        rule.prefix_list_id = wanted.peer
        rule.ip_range = described_as
    else:
        rule.ip_range = {wanted.kind: wanted.peer, **described_as}


def _rules(group: SecurityGroup, egress: bool) -> list[SecurityGroupRule]:
    return group.egress_rules if egress else group.ingress_rules


def _by_key(group: SecurityGroup, egress: bool) -> dict[RuleKey, SecurityGroupRule]:
    return {key_of(rule): rule for rule in _rules(group, egress)}


def _by_id(group: SecurityGroup, egress: bool, rule_id: str) -> SecurityGroupRule:
    for rule in _rules(group, egress):
        if rule.id == rule_id:
            return rule
    raise AwsError(
        "InvalidSecurityGroupRuleId.NotFound", f"The security group rule ID '{rule_id}' does not exist"
    )


def _missing() -> AwsError:
    return AwsError(
        "InvalidPermission.NotFound", "The specified rule does not exist in this security group."
    )


def _authorize(call: Call, egress: bool) -> Any:
    group = group_of(call)
    wanted = permissions_of(call, group)
    present = _by_key(group, egress)
    for permission in wanted:
        if permission.key in present:
            raise AwsError(
                "InvalidPermission.Duplicate", f'the specified rule "{_told(permission)}" already exists'
            )
    if len(present) + len(wanted) > _RULES_PER_DIRECTION:
        raise AwsError(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.",
        )
    tags = {
        tag["Key"]: tag["Value"]
        for specification in call.params.get("TagSpecifications", [])
        for tag in specification.get("Tags", [])
    }
    made = [make_rule(group, permission, egress, tags) for permission in wanted]
    _rules(group, egress).extend(made)
    return {"Return": True, "SecurityGroupRules": [rule_view(rule) for rule in made]}


def _told(permission: Permission) -> str:
    ports = ""
    if permission.from_port is not None:
        ports = f", from port: {permission.from_port}, to port: {permission.to_port}"
    protocol = "ALL" if permission.protocol == "-1" else permission.protocol.upper()
    return f"peer: {permission.peer}, {protocol}{ports}, ALLOW"


def _revoke(call: Call, egress: bool) -> Any:
    group = group_of(call)
    unknown: list[Permission] = []
    if call.params.get("SecurityGroupRuleIds"):
        gone = [_by_id(group, egress, rule_id) for rule_id in call.params["SecurityGroupRuleIds"]]
    else:
        present = _by_key(group, egress)
        wanted = permissions_of(call, group)
        gone = [present[permission.key] for permission in wanted if permission.key in present]
        unknown = [permission for permission in wanted if permission.key not in present]
        if unknown and not group.ec2_backend.vpcs[group.vpc_id].is_default:
            raise _missing()
    ids = {rule.id for rule in gone}
    rules = _rules(group, egress)
    rules[:] = [rule for rule in rules if rule.id not in ids]
    return {
        "Return": True,
        "RevokedSecurityGroupRules": [_revoked_view(rule) for rule in gone],
        "UnknownIpPermissions": permission_views(
            [make_rule(group, permission, egress, {}) for permission in unknown]
        ),
    }


def _revoked_view(rule: SecurityGroupRule) -> dict[str, Any]:
    view = rule_view(rule)
    return {**view, "ReferencedGroupId": view.get("ReferencedGroupInfo", {}).get("GroupId")}


def _update_descriptions(call: Call, egress: bool) -> Any:
    group = group_of(call)
    changes: list[tuple[SecurityGroupRule, str | None]] = []
    by_id = call.params.get("SecurityGroupRuleDescriptions", [])
    for change in by_id:
        rule = _by_id(group, egress, change["SecurityGroupRuleId"])
        changes.append((rule, described(change)))
    present = _by_key(group, egress)
    for permission in [] if by_id else permissions_of(call, group):
        if permission.key not in present:
            raise _missing()
        changes.append((present[permission.key], permission.description))
    for rule, description in changes:
        place = rule.source_group or rule.ip_range
        place.pop("Description", None)
        if description is not None:
            place["Description"] = description
    return {"Return": True}


def _in_both_directions(name: str, handler: Callable[[Call, bool], Any]) -> None:
    operation(EC2Response, name.format("Ingress"))(lambda call: handler(call, False))
    operation(EC2Response, name.format("Egress"))(lambda call: handler(call, True))


_in_both_directions("AuthorizeSecurityGroup{}", _authorize)
_in_both_directions("RevokeSecurityGroup{}", _revoke)
_in_both_directions("UpdateSecurityGroupRuleDescriptions{}", _update_descriptions)
