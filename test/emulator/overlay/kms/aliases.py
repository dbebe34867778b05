"""Aliases, and the lists of keys, aliases and tags with their pages.

https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html: an alias cannot begin with
alias/aws/, and not point at a key that is pending deletion. The key behind alias/aws/... has the manager
AWS; moto says CUSTOMER.
https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html, API_ListAliases.html,
API_ListResourceTags.html: Limit and Marker, which moto ignores. What was created a moment ago may be absent
(staleness "kms").
"""

from __future__ import annotations

import datetime
from typing import Any

from moto.kms.models import KmsBackend
from moto.kms.responses import KmsResponse
from moto.kms.utils import RESERVED_ALIASE_TARGET_KEY_IDS

from .. import staleness
from ..operations import AwsError, Call, operation
from .keys import check_not_pending_deletion, key_of, make_key_of_aws


def _generate_default_keys(backend: KmsBackend, alias_name: str) -> str | None:
    return make_key_of_aws(backend, alias_name) if alias_name in RESERVED_ALIASE_TARGET_KEY_IDS else None


KmsBackend._generate_default_keys = _generate_default_keys  # type: ignore[method-assign]


def _arn(call: Call, alias_name: str) -> str:
    return f"arn:{call.partition}:kms:{call.region}:{call.account}:{alias_name}"


@operation(KmsResponse, "CreateAlias", "UpdateAlias")
def set_alias(call: Call) -> Any:
    name = call.params["AliasName"]
    if name.startswith("alias/aws/"):
        raise AwsError("NotAuthorizedException", "Aliases that begin with alias/aws/ belong to AWS.")
    backend: KmsBackend = call.response.kms_backend
    target = backend.keys.get(backend.get_key_id(call.params["TargetKeyId"]))
    if target is not None:
        check_not_pending_deletion(target)
    creates = call.response._get_action() == "CreateAlias"
    call.response._set_alias(update=not creates)
    now = datetime.datetime.now(datetime.UTC)
    for key in backend.keys.values():
        alias = key.aliases.get(name)
        if alias is not None:
            alias.__dict__.setdefault("created", now)
            alias.__dict__["updated"] = now
    if creates:
        staleness.written(_arn(call, name))
    return {}


def _page(call: Call, items: list[Any], default: int, member: str) -> dict[str, Any]:
    limit, marker = call.params.get("Limit", default), call.params.get("Marker", "0")
    if not marker.isdigit():
        raise AwsError("InvalidMarkerException", "The marker is invalid.")
    start = int(marker)
    end = start + limit
    answer: dict[str, Any] = {member: items[start:end], "Truncated": end < len(items)}
    if end < len(items):
        answer["NextMarker"] = str(end)
    return answer


@operation(KmsResponse, "ListKeys")
def list_keys(call: Call) -> Any:
    keys = call.response.kms_backend.keys.values()
    shown = [{"KeyArn": key.arn, "KeyId": key.id} for key in keys if not staleness.is_hidden("kms", key.arn)]
    return _page(call, shown, 100, "Keys")


@operation(KmsResponse, "ListAliases")
def list_aliases(call: Call) -> Any:
    wanted = key_of(call).id if "KeyId" in call.params else None
    shown = {
        alias.alias_name: {
            "AliasArn": alias.alias_arn,
            "AliasName": alias.alias_name,
            "TargetKeyId": key.id,
            "CreationDate": alias.__dict__.get("created"),
            "LastUpdatedDate": alias.__dict__.get("updated"),
        }
        for key in call.response.kms_backend.keys.values()
        for alias in key.aliases.values()
        if wanted in (None, key.id) and not staleness.is_hidden("kms", alias.alias_arn)
    }
    for name, key_id in RESERVED_ALIASE_TARGET_KEY_IDS.items():
        if wanted in (None, key_id):
            shown.setdefault(name, {"AliasArn": _arn(call, name), "AliasName": name, "TargetKeyId": key_id})
    return _page(call, [shown[name] for name in sorted(shown)], 50, "Aliases")


@operation(KmsResponse, "ListResourceTags")
def list_resource_tags(call: Call) -> Any:
    tags = call.response.kms_backend.list_resource_tags(key_of(call).id)["Tags"]
    return _page(call, tags, 50, "Tags")
