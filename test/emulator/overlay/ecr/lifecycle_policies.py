"""Lifecycle policies.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html: priorities are unique, images
with a tag are selected by patterns or prefixes, images without one by neither, and a rule for any image comes last.
moto checks none of these.
"""

from __future__ import annotations

import json
from typing import Any

from moto.ecr.responses import ECRResponse

from ..operations import Call, operation
from .repositories import invalid


@operation(ECRResponse, "PutLifecyclePolicy")
def put(call: Call) -> Any:
    text = call.params["lifecyclePolicyText"]
    if not 100 <= len(text) <= 30720:
        raise invalid("lifecyclePolicyText", "must have length between 100 and 30720")
    # moto's own checks come first: they say that there are rules, and what they are made of.
    repository = call.response.ecr_backend._get_repository(call.params["repositoryName"])
    before = repository.lifecycle_policy
    answer = call.original()
    try:
        _check(json.loads(text)["rules"])
    except BaseException:
        repository.lifecycle_policy = before
        raise
    return answer


def _check(rules: list[dict[str, Any]]) -> None:
    priorities = [rule["rulePriority"] for rule in rules]
    if len(set(priorities)) < len(priorities):
        raise _refused("rule priorities must be unique")
    for rule in rules:
        selection = rule["selection"]
        selects = "tagPatternList" in selection or "tagPrefixList" in selection
        if selects != (selection["tagStatus"] == "tagged"):
            raise _refused("tagPatternList or tagPrefixList is required with, and only with, tagged")
        if selection["tagStatus"] == "any" and rule["rulePriority"] != max(priorities):
            raise _refused("a rule for any image must have the highest priority number")


def _refused(reason: str) -> Exception:
    return invalid("LifecyclePolicyText", f"Lifecycle policy validation failure: {reason}")
