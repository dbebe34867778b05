"""Actions of listeners as AWS shows them.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html: a forward to one target group
has its weight too, and a redirect the parts of the URL that it keeps. moto shows what it was given.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import FakeAction

_KEPT = {
    "Protocol": "#{protocol}",
    "Port": "#{port}",
    "Host": "#{host}",
    "Path": "/#{path}",
    "Query": "#{query}",
}


def as_shown(action: dict[str, Any]) -> dict[str, Any]:
    kind = action["Type"]
    if kind == "redirect":
        return {**action, "RedirectConfig": {**_KEPT, **action["RedirectConfig"]}}
    if kind != "forward":
        return action
    forward = action.get("ForwardConfig", {})
    groups = forward.get("TargetGroups") or [{"TargetGroupArn": action.get("TargetGroupArn")}]
    shown = {
        **action,
        "ForwardConfig": {
            "TargetGroups": [{"Weight": 1, **group} for group in groups],
            "TargetGroupStickinessConfig": {"Enabled": False, **forward.get("TargetGroupStickinessConfig", {})},
        },
    }
    return {**shown, "TargetGroupArn": groups[0]["TargetGroupArn"]} if len(groups) == 1 else shown


def show_actions(listener: Any) -> None:
    listener.default_actions = [FakeAction(as_shown(action.data)) for action in listener.default_actions]
    listener._default_rule[0].actions = listener.default_actions


def groups_in(action: dict[str, Any]) -> set[str]:
    groups = as_shown(action).get("ForwardConfig", {}).get("TargetGroups", [])
    return {group["TargetGroupArn"] for group in groups}
