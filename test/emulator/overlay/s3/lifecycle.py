"""Lifecycle rules, stored whole and refused where AWS refuses them.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
moto drops object sizes in filters, NewerNoncurrentVersions and the default minimum object size of
transitions, and checks neither the 30 days before an infrequent access class nor the order of transitions.
"""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of
from .settings import not_found

_MINIMUM = "TransitionDefaultMinimumObjectSize"
_DEFAULT_MINIMUM = "all_storage_classes_128K"
_INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")

# From a class, objects move down this list only.
_WATERFALL = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")


@operation("PutBucketLifecycleConfiguration")
def put(call: Call) -> Any:
    bucket = bucket_of(call)
    rules = call.params.get("LifecycleConfiguration", {}).get("Rules", [])
    if not rules:
        raise _malformed()
    for rule in rules:
        _check(rule)
        rule.setdefault("ID", str(uuid.uuid4()))
    if len({rule["ID"] for rule in rules}) != len(rules):
        raise AwsError("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule")
    minimum = call.params.get(_MINIMUM, _DEFAULT_MINIMUM)
    settings_of(bucket)["Lifecycle"] = {"Rules": rules, _MINIMUM: minimum}
    return {_MINIMUM: minimum}


@operation("GetBucketLifecycleConfiguration")
def get(call: Call) -> Any:
    lifecycle = settings_of(bucket_of(call)).get("Lifecycle")
    if lifecycle is None:
        raise not_found("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
    return lifecycle


@operation("DeleteBucketLifecycle")
def delete(call: Call) -> Any:
    settings_of(bucket_of(call)).pop("Lifecycle", None)
    return {}


def _malformed() -> AwsError:
    message = "The XML you provided was not well-formed or did not validate against our published schema"
    return AwsError("MalformedXML", message)


def _check(rule: dict[str, Any]) -> None:
    actions = (
        "Expiration",
        "Transitions",
        "NoncurrentVersionTransitions",
        "NoncurrentVersionExpiration",
        "AbortIncompleteMultipartUpload",
    )
    if ("Filter" in rule) == ("Prefix" in rule) or rule.get("Status") not in ("Enabled", "Disabled"):
        raise _malformed()
    if len(rule.get("Filter", {})) > 1:
        raise _malformed()
    if not any(action in rule for action in actions):
        raise AwsError("InvalidRequest", "At least one action needs to be specified in a rule")
    _check_filter(rule)
    _check_expiration(rule)
    _check_transitions(rule.get("Transitions", []), "Days", rule.get("Expiration", {}).get("Days"))
    noncurrent = rule.get("NoncurrentVersionExpiration", {})
    _check_transitions(
        rule.get("NoncurrentVersionTransitions", []), "NoncurrentDays", noncurrent.get("NoncurrentDays")
    )
    if "NoncurrentVersionExpiration" in rule and "NoncurrentDays" not in noncurrent:
        raise _malformed()


def _check_filter(rule: dict[str, Any]) -> None:
    wanted = rule.get("Filter", {})
    both = wanted.get("And", wanted)
    if "And" in wanted and len(both) + max(0, len(both.get("Tags", [])) - 1) < 2:
        raise _malformed()
    by_tag = "Tag" in both or "Tags" in both
    if by_tag and "AbortIncompleteMultipartUpload" in rule:
        raise AwsError("InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags.")
    if by_tag and "ExpiredObjectDeleteMarker" in rule.get("Expiration", {}):
        raise AwsError("InvalidRequest", "ExpiredObjectDeleteMarker cannot be specified with Tags.")
    over, under = both.get("ObjectSizeGreaterThan"), both.get("ObjectSizeLessThan")
    if over is not None and under is not None and over >= under:
        raise AwsError(
            "InvalidRequest", "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."
        )


def _check_expiration(rule: dict[str, Any]) -> None:
    expiration = rule.get("Expiration")
    if expiration is None:
        return
    if len(expiration) != 1:
        raise _malformed()
    if expiration.get("Days", 1) <= 0:
        raise AwsError("InvalidArgument", "'Days' for Expiration action must be a positive integer")


def _check_transitions(transitions: list[dict[str, Any]], days: str, expires: int | None) -> None:
    for transition in transitions:
        storage_class, after = transition.get("StorageClass"), transition.get(days)
        if storage_class is None or (days == "NoncurrentDays" and after is None):
            raise _malformed()
        if storage_class in _INFREQUENT and after is not None and after < 30:
            message = (
                f"'{days}' in Transition action must be greater than or equal to 30 for storageClass "
                f"'{storage_class}'"
            )
            raise AwsError("InvalidArgument", message)
        if expires is not None and after is not None and after >= expires:
            message = (
                f"'{days}' in the Expiration action for filter must be greater than '{days}' in the "
                "Transition action"
            )
            raise AwsError("InvalidArgument", message)
    classes = [transition["StorageClass"] for transition in transitions]
    if len(set(classes)) != len(classes):
        raise AwsError(
            "InvalidRequest", "'StorageClass' must be different for 'Transition' actions in same 'Rule'"
        )
    ordered = sorted(
        (transition for transition in transitions if days in transition),
        key=lambda transition: _WATERFALL.index(transition["StorageClass"]),
    )
    for earlier, later in itertools.pairwise(ordered):
        # What moves into an infrequent access class is kept there for at least 30 days.
        wait = 30 if earlier["StorageClass"] in _INFREQUENT else 1
        if later[days] < earlier[days] + wait:
            message = (
                f"'{days}' in the 'Transition' action for StorageClass '{later['StorageClass']}' must be "
                f"{wait} days more than that of StorageClass '{earlier['StorageClass']}'"
            )
            raise AwsError("InvalidArgument", message)
