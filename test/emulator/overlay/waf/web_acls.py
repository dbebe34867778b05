"""Web ACLs.

https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html: names and descriptions follow a pattern, a
name that is taken is WAFDuplicateItemException (moto has a code of its own), and rules need capacity.
https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html: everything that is not given is taken away,
where moto keeps it.
https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteWebACL.html: none that protects anything, which moto
deletes; and its tags go with it.
https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html: what was created a moment ago may be absent
(staleness "waf").
"""

from __future__ import annotations

import re
from typing import Any

from moto.wafv2.models import GLOBAL_REGION, wafv2_backends
from moto.wafv2.responses import WAFV2Response

from .. import lifecycle, staleness
from ..operations import AwsError, Call, operation
from .rules import capacity_of, invalid

TYPE = "waf/web-acl"

_NAME = re.compile(r"[\w\-]{1,128}")
_DESCRIPTION = re.compile(r"(?=.{1,256}$)[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]")
_REPLACED = {
    "AssociationConfig": "association_config",
    "CaptchaConfig": "captcha_config",
    "ChallengeConfig": "challenge_config",
    "CustomResponseBodies": "custom_response_bodies",
    "TokenDomains": "token_domains",
}


def backend_of(call: Call) -> Any:
    is_global = call.params.get("Scope") == "CLOUDFRONT"
    return wafv2_backends[call.account][GLOBAL_REGION if is_global else call.region]


def not_found() -> AwsError:
    message = "AWS WAF couldn’t perform the operation because your resource doesn’t exist."
    return AwsError("WAFNonexistentItemException", message)


@operation(WAFV2Response, "CreateWebACL")
def create(call: Call) -> Any:
    backend, params = backend_of(call), call.params
    _check_shape(params)
    if any(acl.name == params["Name"] for acl in backend.wacls.values()):
        message = (
            "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an "
            "existing one."
        )
        raise AwsError("WAFDuplicateItemException", message)
    if len(params.get("Tags", [{}])) not in range(1, 51):
        raise invalid("TAGS", "Tags", "1 to 50 tags can be given.")
    capacity = capacity_of(params.get("Rules", []))
    answer = call.original()
    acl = next(acl for acl in backend.wacls.values() if acl.name == params["Name"])
    acl.capacity = capacity
    lifecycle.begin(TYPE, acl.arn, "propagating", then="available")
    staleness.written(acl.arn)
    return answer


@operation(WAFV2Response, "UpdateWebACL")
def update(call: Call) -> Any:
    params = call.params
    _check_shape(params)
    capacity = capacity_of(params.get("Rules", []))
    answer = call.original()
    acl = backend_of(call).get_web_acl(None, params["Name"], params["Id"])
    acl.capacity = capacity
    acl.description = params.get("Description", "")
    if not params.get("Rules"):
        acl.rules = []
    for name, attribute in _REPLACED.items():
        setattr(acl, attribute, params.get(name))
    return answer


def _check_shape(params: dict[str, Any]) -> None:
    if not _NAME.fullmatch(params["Name"]):
        raise _malformed("name", params["Name"], r"^[\w\-]+$")
    description = params.get("Description")
    if description is not None and not _DESCRIPTION.fullmatch(description):
        raise _malformed("description", description, r"^[\w+=:#@/\-,\.][\w+=:#@/\-,\.\s]+[\w+=:#@/\-,\.]$")


def _malformed(name: str, value: str, pattern: str) -> AwsError:
    message = (
        f"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: "
        f"Member must satisfy regular expression pattern: {pattern}"
    )
    return AwsError("ValidationException", message)


@operation(WAFV2Response, "DeleteWebACL")
def delete(call: Call) -> Any:
    backend = backend_of(call)
    acl = backend.get_web_acl(None, call.params["Name"], call.params["Id"])
    is_used = bool(acl.associated_resources)
    if is_used or lifecycle.current(TYPE, acl.arn, "available") == "disassociating":
        message = (
            "AWS WAF couldn’t perform the operation because your resource is being used by another resource or "
            "it’s associated with another resource."
        )
        raise AwsError("WAFAssociatedItemException", message)
    answer = call.original()
    backend.tagging_service.delete_all_tags_for_resource(acl.arn)
    return answer


@operation(WAFV2Response, "ListWebACLs")
def list_all(call: Call) -> Any:
    size = call.params.get("Limit", 100)
    if not 1 <= size <= 100:
        raise invalid("LIMIT", str(size), "It must be between 1 and 100.")
    after = call.params.get("NextMarker", "")
    shown = [
        acl
        for acl in sorted(backend_of(call).wacls.values(), key=lambda acl: acl.name)
        if acl.name > after and not staleness.is_hidden("waf", acl.arn)
    ]
    answer: dict[str, Any] = {"WebACLs": [acl.to_short_dict() for acl in shown[:size]]}
    if len(shown) > size:
        answer["NextMarker"] = shown[size - 1].name
    return answer
