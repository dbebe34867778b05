"""Versions of secrets and their staging labels.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: a version never
changes: its id used again with another value is ResourceExistsException. moto overwrites a pending one.
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html: a label that
another version has is moved only if that version is named. moto names it for AWSCURRENT only, and goes on
answering with the old value when AWSCURRENT has moved.
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html: versions without
a label are deprecated, and left out if not asked for; moto knows no dates. Those of AWS have milliseconds, moto's
of secrets and versions do not: what was made in the second of a time would be older than it.
"""

from __future__ import annotations

import json
import time
from typing import Any

from moto.secretsmanager.models import SecretsManagerBackend
from moto.secretsmanager.responses import SecretsManagerResponse

from ..operations import AwsError, Call, operation
from .lists import keep_what_lists_show
from .secrets import secret_of, usable

_add_secret: Any = SecretsManagerBackend._add_secret


def _add_dated(backend: Any, *args: Any, **kwargs: Any) -> Any:
    secret, is_new = _add_secret(backend, *args, **kwargs)
    if isinstance(secret.created_date, int):
        secret.created_date = round(time.time(), 3)
    for version in secret.versions.values():
        if isinstance(version["createdate"], int):
            version["createdate"] = round(time.time(), 3)
    return secret, is_new


SecretsManagerBackend._add_secret = _add_dated  # type: ignore[method-assign]


@operation(SecretsManagerResponse, "PutSecretValue")
def put_value(call: Call) -> Any:
    secret = usable(call)
    token = call.params.get("ClientRequestToken", "")
    existing = secret.versions.get(token)
    if existing is not None:
        # As it came, as moto keeps it.
        raw = json.loads(call.response.raw_body)
        if existing.get("secret_string") != raw.get("SecretString") or existing.get(
            "secret_binary"
        ) != raw.get("SecretBinary"):
            message = (
                f"You can't use ClientRequestToken {token} because that value is already in use for a version "
                f"of secret {secret.arn}."
            )
            raise AwsError("ResourceExistsException", message)
    keep_what_lists_show(secret)
    return call.original()


@operation(SecretsManagerResponse, "UpdateSecretVersionStage")
def move_label(call: Call) -> Any:
    secret = usable(call)
    label, source = call.params["VersionStage"], call.params.get("RemoveFromVersionId")
    holder = next((v for v, it in secret.versions.items() if label in it["version_stages"]), None)
    target = call.params.get("MoveToVersionId")
    if target is not None and target not in secret.versions:
        raise AwsError("ResourceNotFoundException", f"Secrets Manager can't find the version {target}.")
    if holder is not None and holder != source and holder != target:
        message = (
            f"The parameter RemoveFromVersionId can't be empty. Staging label {label} is currently attached "
            f"to version {holder}, so you must explicitly reference that version in RemoveFromVersionId."
        )
        raise AwsError("InvalidParameterException", message)
    keep_what_lists_show(secret)
    answer = call.original()
    if label == "AWSCURRENT" and target is not None:
        secret.set_default_version_id(target)
    return answer


@operation(SecretsManagerResponse, "ListSecretVersionIds")
def list_versions(call: Call) -> Any:
    secret = secret_of(call)
    versions = [
        {
            "VersionId": version_id,
            "VersionStages": version["version_stages"],
            "CreatedDate": version["createdate"],
        }
        for version_id, version in secret.versions.items()
        if version["version_stages"] or call.params.get("IncludeDeprecated", False)
    ]
    return json.dumps({"ARN": secret.arn, "Name": secret.name, "Versions": versions})
