"""What the rules of a web ACL may be, and how much capacity they need; moto takes any.

https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html: names and priorities are unique; a rule that refers
to a group overrides the action of the group, any other has one of its own.
https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html: AWS's groups, with what they
need. https://docs.aws.amazon.com/waf/latest/developerguide/limits.html: a web ACL has 5,000 units. What statements of
other kinds than these need is not worked out: they count for one.
"""

from __future__ import annotations

from typing import Any

from ..operations import AwsError

_UNITS = {
    "AWSManagedRulesACFPRuleSet": 50,
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesAntiDDoSRuleSet": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesLinuxRuleSet": 200,
    "AWSManagedRulesPHPRuleSet": 100,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesUnixRuleSet": 100,
    "AWSManagedRulesWindowsRuleSet": 200,
    "AWSManagedRulesWordPressRuleSet": 100,
}
_MOST_UNITS = 5000
_GROUPS = ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")


def invalid(field: str, parameter: str, reason: str) -> AwsError:
    message = f"Error reason: {reason}, field: {field}, parameter: {parameter}"
    return AwsError("WAFInvalidParameterException", message)


def capacity_of(rules: list[dict[str, Any]]) -> int:
    """The capacity that they need; raises what AWS answers to rules that cannot be."""
    for name in ("Name", "Priority"):
        values = [rule[name] for rule in rules]
        for value in values:
            if values.count(value) > 1:
                raise invalid("RULE", str(value), f"You have used the same {name.lower()} more than once.")
    units = sum(_units_of(rule) for rule in rules)
    if units > _MOST_UNITS:
        raise invalid(
            "WEB_ACL", str(units), "You exceeded the capacity limit for a rule group or web ACL."
        )
    return units


def _units_of(rule: dict[str, Any]) -> int:
    ((kind, statement),) = rule["Statement"].items()
    wanted = "OverrideAction" if kind in _GROUPS else "Action"
    if (wanted in rule) == (({"Action", "OverrideAction"} - {wanted}).pop() in rule):
        raise invalid("RULE_ACTION", rule["Name"], f"A rule of this kind takes {wanted}, and only that.")
    if kind == "ManagedRuleGroupStatement":
        return _units_of_group(statement)
    if kind == "RateBasedStatement":
        if not 10 <= statement["Limit"] <= 2_000_000_000:
            raise invalid("RATE_LIMIT", str(statement["Limit"]), "The limit is out of range.")
        return 2
    if kind == "GeoMatchStatement" and not statement.get("CountryCodes"):
        raise invalid("GEO_MATCH_STATEMENT", "CountryCodes", "One country at least must be given.")
    return 1


def _units_of_group(statement: dict[str, Any]) -> int:
    if statement["VendorName"] != "AWS":
        message = "You aren't subscribed to this managed rule group."
        raise AwsError("WAFSubscriptionNotFoundException", message)
    if statement["Name"] not in _UNITS:
        message = "AWS WAF couldn’t perform the operation because your resource doesn’t exist."
        raise AwsError("WAFNonexistentItemException", message)
    return _UNITS[statement["Name"]]
