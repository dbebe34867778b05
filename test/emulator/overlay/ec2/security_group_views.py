"""How descriptions show security groups and their rules, and how filters find them.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html, API_SecurityGroupRule.html and
API_DescribeSecurityGroups.html: the description of a rule belongs to its peer, also when that is a group or
a prefix list, of which moto shows none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from moto.ec2.exceptions import FilterNotImplementedError
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule

from .filters import matches
from .security_group_permissions import RuleKey

_LISTS = {
    "CidrIp": "IpRanges",
    "CidrIpv6": "Ipv6Ranges",
    "GroupId": "UserIdGroupPairs",
    "PrefixListId": "PrefixListIds",
}


def kind_of(rule: SecurityGroupRule) -> str:
    if rule.source_group:
        return "GroupId"
    if rule.prefix_list_id:
        return "PrefixListId"
    return "CidrIpv6" if rule.cidr_ipv6 else "CidrIp"


def _peer_of(rule: SecurityGroupRule) -> str:
    return str(
        rule.source_group.get("GroupId") or rule.prefix_list_id or rule.cidr_ipv6 or rule.cidr_ipv4
    )


def key_of(rule: SecurityGroupRule) -> RuleKey:
    return rule.ip_protocol or "-1", rule.from_port, rule.to_port, _peer_of(rule)


def _description_of(rule: SecurityGroupRule) -> str | None:
    return (rule.source_group or rule.ip_range).get("Description")


def rule_view(rule: SecurityGroupRule) -> dict[str, Any]:
    backend = rule.ec2_backend
    view = {
        "SecurityGroupRuleId": rule.id,
        "GroupId": rule.group_id,
        "GroupOwnerId": backend.account_id,
        "IsEgress": rule.is_egress,
        "IpProtocol": rule.ip_protocol,
        "FromPort": -1 if rule.from_port is None else rule.from_port,
        "ToPort": -1 if rule.to_port is None else rule.to_port,
        "CidrIpv4": rule.cidr_ipv4,
        "CidrIpv6": rule.cidr_ipv6,
        "PrefixListId": rule.prefix_list_id,
        "Description": _description_of(rule),
        "Tags": tags_of(backend, rule.id),
        "SecurityGroupRuleArn": (
            f"arn:{backend.partition}:ec2:{backend.region_name}:{backend.account_id}"
            f":security-group-rule/{rule.id}"
        ),
    }
    if rule.source_group:
        view["ReferencedGroupInfo"] = {
            "GroupId": rule.source_group["GroupId"],
            "UserId": backend.account_id,
        }
    return view


def tags_of(backend: Any, resource_id: str) -> list[dict[str, str]]:
    tags = backend.tags.get(resource_id, {})
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def permission_views(rules: Iterable[SecurityGroupRule]) -> list[dict[str, Any]]:
    """Rules, those of one protocol and one range of ports together."""
    views: dict[Any, dict[str, Any]] = {}
    for rule in rules:
        ports = {} if rule.from_port is None else {"FromPort": rule.from_port, "ToPort": rule.to_port}
        view = views.setdefault(
            (rule.ip_protocol, rule.from_port, rule.to_port),
            {"IpProtocol": rule.ip_protocol, **ports, **{each: [] for each in _LISTS.values()}},
        )
        kind = kind_of(rule)
        peer = {kind: _peer_of(rule), "Description": _description_of(rule)}
        if kind == "GroupId":
            peer["UserId"] = rule.ec2_backend.account_id
        view[_LISTS[kind]].append(peer)
    return list(views.values())


def group_view(group: SecurityGroup) -> dict[str, Any]:
    return {
        "GroupId": group.id,
        "GroupName": group.name,
        "Description": group.description,
        "OwnerId": group.owner_id,
        "VpcId": group.vpc_id,
        "SecurityGroupArn": group.arn,
        "Tags": tags_of(group.ec2_backend, group.id),
        "IpPermissions": permission_views(group.ingress_rules),
        "IpPermissionsEgress": permission_views(group.egress_rules),
    }


_OF_GROUP: dict[str, Callable[[Any], Any]] = {
    "description": lambda group: group.description,
    "group-id": lambda group: group.id,
    "group-name": lambda group: group.name,
    "owner-id": lambda group: group.owner_id,
    "vpc-id": lambda group: group.vpc_id,
}
_OF_RULE: dict[str, Callable[[Any], Any]] = {
    "cidr": lambda rule: rule.cidr_ipv4,
    "ipv6-cidr": lambda rule: rule.cidr_ipv6,
    "from-port": lambda rule: rule.from_port,
    "to-port": lambda rule: rule.to_port,
    "group-id": lambda rule: rule.source_group.get("GroupId"),
    "group-name": lambda rule: _name_of_peer(rule),
    "prefix-list-id": lambda rule: rule.prefix_list_id,
    "protocol": lambda rule: rule.ip_protocol,
    "user-id": lambda rule: rule.source_group.get("UserId"),
}


def _name_of_peer(rule: SecurityGroupRule) -> str | None:
    peer = rule.source_group and rule.ec2_backend.get_security_group_from_id(rule.source_group["GroupId"])
    return peer.name if peer else None


def passes(group: SecurityGroup, name: str, wanted: list[str]) -> bool:
    """Whether a filter finds a group."""
    if name.startswith("tag"):
        return bool(group.matches_filter(name, wanted))
    if name in _OF_GROUP:
        values = [_OF_GROUP[name](group)]
    else:
        rules = group.egress_rules if name.startswith("egress.") else group.ingress_rules
        of_rule = _OF_RULE.get(name.removeprefix("egress.").removeprefix("ip-permission."))
        if of_rule is None or "ip-permission." not in name:
            raise FilterNotImplementedError(name, "DescribeSecurityGroups")
        values = [of_rule(rule) for rule in rules]
    return any(matches(str(value), wanted) for value in values if value is not None)
