"""Keys: creating them cheaply, and what a key's state allows.

https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html: most operations on a key that is
pending deletion are KMSInvalidStateException, which moto allows.
https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html and
API_CancelKeyDeletion.html: both take an ARN, which moto takes for an unknown id, and answer with one.
moto makes an RSA key for every key, also a symmetric one: a fifth to half a second. Here it is made when
first used.
"""

from __future__ import annotations

import datetime
import json
from functools import cached_property
from typing import Any

import moto.kms.models as kms_models
from moto.core.utils import utcnow
from moto.kms.models import Key
from moto.kms.responses import KmsResponse
from moto.kms.utils import RESERVED_ALIASE_TARGET_KEY_IDS, generate_private_key

from .. import staleness
from ..operations import AwsError, Call, operation


class _PrivateKeyWhenUsed:
    def __init__(self, key_spec: str):
        self._key_spec = key_spec

    @cached_property
    def _made(self) -> Any:
        return generate_private_key(self._key_spec)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


kms_models.generate_private_key = _PrivateKeyWhenUsed  # type: ignore[assignment]


def key_of(call: Call) -> Key:
    """The key that a request names by id or ARN."""
    call.response._validate_cmk_id(call.params["KeyId"])
    backend = call.response.kms_backend
    return backend.keys[backend.get_key_id(call.params["KeyId"])]


def check_policy(policy: str | None) -> None:
    try:
        is_policy = policy is None or "Statement" in json.loads(policy)
    except (ValueError, TypeError):
        is_policy = False
    if not is_policy:
        raise AwsError("MalformedPolicyDocumentException", "The key policy is not a valid policy document.")


def check_not_pending_deletion(key: Key) -> None:
    if key.key_state == "PendingDeletion":
        raise AwsError("KMSInvalidStateException", f"{key.arn} is pending deletion.")


@operation(KmsResponse, "CreateKey")
def create_key(call: Call) -> Any:
    check_policy(call.params.get("Policy"))
    answer = json.loads(call.original())
    key = call.response.kms_backend.keys[answer["KeyMetadata"]["KeyId"]]
    key.key_usage = call.params.get("KeyUsage", "ENCRYPT_DECRYPT")
    staleness.written(key.arn)
    return key.to_dict()


@operation(KmsResponse, "EnableKey", "DisableKey")
def set_enabled(call: Call) -> Any:
    key = key_of(call)
    check_not_pending_deletion(key)
    key.enabled = call.response._get_action() == "EnableKey"
    key.key_state = "Enabled" if key.enabled else "Disabled"
    return {}


def _guard(name: str) -> None:
    @operation(KmsResponse, name)
    def guarded(call: Call) -> Any:
        check_not_pending_deletion(key_of(call))
        return call.original()


for _name in ("TagResource", "UntagResource", "UpdateKeyDescription", "CreateGrant"):
    _guard(_name)


@operation(KmsResponse, "ScheduleKeyDeletion")
def schedule_deletion(call: Call) -> Any:
    key = key_of(call)
    check_not_pending_deletion(key)
    days = call.params.get("PendingWindowInDays", 30)
    if not 7 <= days <= 30:
        raise AwsError("ValidationException", "PendingWindowInDays must be between 7 and 30.")
    key.enabled, key.key_state = False, "PendingDeletion"
    # Without a time zone, as moto reckons.
    key.deletion_date = utcnow() + datetime.timedelta(days=days)
    return {
        "KeyId": key.arn,
        "KeyState": key.key_state,
        "DeletionDate": key.deletion_date,
        "PendingWindowInDays": days,
    }


@operation(KmsResponse, "CancelKeyDeletion")
def cancel_deletion(call: Call) -> Any:
    key = key_of(call)
    if key.key_state != "PendingDeletion":
        raise AwsError("KMSInvalidStateException", f"{key.arn} is not pending deletion.")
    key.key_state, key.deletion_date = "Disabled", None
    return {"KeyId": key.arn}


@operation(KmsResponse, "PutKeyPolicy")
def put_key_policy(call: Call) -> Any:
    key = key_of(call)
    check_policy(call.params["Policy"])
    if call.params.get("PolicyName", "default") != "default":
        raise AwsError("NotFoundException", "No such policy exists")
    key.policy = call.params["Policy"]
    return {}


@operation(KmsResponse, "GetKeyPolicy")
def get_key_policy(call: Call) -> Any:
    """The only name of a policy is `default`, and need not be given."""
    key = key_of(call)
    if call.params.get("PolicyName", "default") != "default":
        raise AwsError("NotFoundException", "No such policy exists")
    return {"Policy": key.policy, "PolicyName": "default"}


def make_key_of_aws(backend: Any, alias_name: str) -> str:
    """The key behind alias/aws/...: made at first use, with the id that ListAliases has always shown."""
    key = Key(
        None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "Default key", backend.account_id, backend.region_name
    )
    made_id, key.id = key.id, RESERVED_ALIASE_TARGET_KEY_IDS[alias_name]
    key.arn = key.arn.replace(made_id, key.id)
    key.key_manager = "AWS"
    key.description = (
        f"Default key that protects my {alias_name.removeprefix('alias/aws/')} data when no other "
        "key is defined"
    )
    backend.keys[key.id] = key
    backend.create_alias(key.id, alias_name)
    return key.id
