"""Security groups.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html: "If you attempt to delete
a security group that is associated with an instance or network interface, is referenced by another security
group in the same VPC, or has a VPC association, the operation fails with DependencyViolation." moto
deletes it.
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html: the default one cannot be
deleted (CannotDelete), and lets in what comes from itself, where moto's lets in nothing.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html: names and descriptions
have at most 255 characters of a small set; the VPC exists.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses import EC2Response

from .. import staleness
from ..operations import AwsError, Call, operation
from .interfaces_of_aws import remove_interfaces_of_gone_owners
from .listings import listing
from .security_group_permissions import DESCRIPTION, invalid
from .security_group_views import group_view, passes, rule_view, tags_of
from .vpcs import vpc_of

_create = SecurityGroupBackend.create_security_group


def _create_security_group(self: Any, *args: Any, **kwargs: Any) -> SecurityGroup:
    group = _create(self, *args, **kwargs)
    if group.is_default:
        itself = {"GroupId": group.id, "UserId": self.account_id}
        rule = SecurityGroupRule(self, "-1", group.id, None, None, {}, itself, is_egress=False)
        group.ingress_rules.append(rule)
    return group


SecurityGroupBackend.create_security_group = _create_security_group  # type: ignore[method-assign]


def all_groups(backend: Any) -> list[SecurityGroup]:
    return list(chain.from_iterable(groups.values() for groups in backend.groups.values()))


def group_of(call: Call) -> SecurityGroup:
    """The group that a request names, by its id, or by its name in the default VPC."""
    wanted = call.params.get("GroupId") or call.params.get("GroupName")
    for group in all_groups(call.response.ec2_backend):
        is_named = group.name == wanted and group.ec2_backend.vpcs[group.vpc_id].is_default
        if group.id == wanted or is_named:
            return group
    raise AwsError("InvalidGroup.NotFound", f"The security group '{wanted}' does not exist")


@operation(EC2Response, "CreateSecurityGroup")
def create(call: Call) -> Any:
    backend, name = call.response.ec2_backend, call.params["GroupName"]
    if "VpcId" in call.params:
        vpc_of(backend, call.params["VpcId"])
    if name == "default":
        raise invalid("Cannot use reserved security group name: default")
    if name.startswith("sg-"):
        raise invalid(
            f"Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*."
        )
    for parameter in ("GroupName", "Description"):
        value = call.params.get(parameter, "")
        if not DESCRIPTION.fullmatch(value):
            raise invalid(f"Value ({value}) for parameter {parameter} is invalid.")
    answer = call.original()
    staleness.written(answer.result["GroupId"])
    return {**answer.result, "Tags": tags_of(backend, answer.result["GroupId"])}


@operation(EC2Response, "DeleteSecurityGroup")
def delete(call: Call) -> Any:
    backend, group = call.response.ec2_backend, group_of(call)
    if group.is_default:
        raise AwsError(
            "CannotDelete",
            f'the specified group: "{group.id}" name: "default" cannot be deleted by a user',
        )
    remove_interfaces_of_gone_owners(backend)
    if _is_used(backend, group):
        raise AwsError("DependencyViolation", f"resource {group.id} has a dependent object")
    backend.groups[group.vpc_id].pop(group.id)
    backend.tags.pop(group.id, None)
    return {"Return": True, "GroupId": group.id}


def _is_used(backend: Any, group: SecurityGroup) -> bool:
    if any(each is group for interface in backend.enis.values() for each in interface.group_set):
        return True
    return any(
        rule.source_group.get("GroupId") == group.id
        for other in all_groups(backend)
        if other is not group
        for rule in (*other.ingress_rules, *other.egress_rules)
    )


def _find_groups(call: Call) -> list[dict[str, Any]]:
    ids, names = call.params.get("GroupIds", []), call.params.get("GroupNames", [])
    filters = call.params.get("Filters", [])
    found = [
        group
        for group in all_groups(call.response.ec2_backend)
        if (not ids or group.id in ids)
        and (not names or group.name in names)
        and all(passes(group, each["Name"], each.get("Values", [])) for each in filters)
    ]
    for name in names:
        if not any(group.name == name for group in found):
            raise AwsError("InvalidGroup.NotFound", f"The security group '{name}' does not exist")
    return [group_view(group) for group in found]


listing(
    "DescribeSecurityGroups",
    "SecurityGroups",
    "GroupIds",
    lambda backend, group_id: any(group_id in groups for groups in backend.groups.values()),
    ("InvalidGroup.NotFound", "The security group '{}' does not exist"),
    find=_find_groups,
)


def _rule_exists(backend: Any, rule_id: str) -> bool:
    return any(group.get_rule(rule_id) is not None for group in all_groups(backend))


def _find_rules(call: Call) -> list[dict[str, Any]]:
    backend = call.response.ec2_backend
    ids = call.params.get("SecurityGroupRuleIds", [])
    filters = {each["Name"]: each.get("Values", []) for each in call.params.get("Filters", [])}
    rules = backend.describe_security_group_rules(ids, filters)
    hidden = set() if ids else {rule.group_id for rule in rules if staleness.is_hidden("ec2", rule.group_id)}
    return [rule_view(rule) for rule in rules if rule.group_id not in hidden]


listing(
    "DescribeSecurityGroupRules",
    "SecurityGroupRules",
    "SecurityGroupRuleIds",
    _rule_exists,
    ("InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '{}' does not exist"),
    find=_find_rules,
)
