"""Secrets, and what one that is scheduled for deletion allows.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html: a name that is scheduled
for deletion is InvalidRequestException, where moto says ResourceExistsException; what a name may be.
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html: until it is restored,
nothing can be done with a secret that is scheduled for deletion. moto lets it be tagged and written.
https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html: an empty description
takes the old one away; moto keeps it.
"""

from __future__ import annotations

import re
from typing import Any

from moto.secretsmanager.responses import SecretsManagerResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from .lists import keep_what_lists_show

_NAME = re.compile(r"[A-Za-z0-9/_+=.@-]{1,512}")


def secret_of(call: Call) -> Any:
    """The secret that a request names by its name or ARN."""
    secret = call.response.backend.secrets.get(call.params["SecretId"])
    if secret is None:
        raise AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400)
    return secret


def usable(call: Call) -> Any:
    secret = secret_of(call)
    if secret.is_deleted():
        message = "You can't perform this operation on the secret because it was marked for deletion."
        raise AwsError("InvalidRequestException", message)
    return secret


@operation(SecretsManagerResponse, "CreateSecret")
def create(call: Call) -> Any:
    name = call.params["Name"]
    if not _NAME.fullmatch(name):
        raise AwsError("ValidationException", f"Invalid name. Must be a valid name: {_NAME.pattern}")
    existing = call.response.backend.secrets.get(name)
    if existing is not None and existing.is_deleted():
        message = (
            "You can't create this secret because a secret with this name is already scheduled for deletion."
        )
        raise AwsError("InvalidRequestException", message)
    answer = call.original()
    if existing is None:
        staleness.written(call.response.backend.secrets.get(name).arn)
    return answer


@operation(SecretsManagerResponse, "UpdateSecret")
def update(call: Call) -> Any:
    secret = usable(call)
    keep_what_lists_show(secret)
    description = call.params.get("Description", secret.description)
    answer = call.original()
    secret.description = description
    return answer


@operation(SecretsManagerResponse, "DeleteSecret", "RestoreSecret")
def delete_or_restore(call: Call) -> Any:
    secret = call.response.backend.secrets.get(call.params["SecretId"])
    if secret is not None:
        keep_what_lists_show(secret)
    return call.original()


@operation(SecretsManagerResponse, "TagResource")
def tag(call: Call) -> Any:
    secret = usable(call)
    keep_what_lists_show(secret)
    keys = {tag["Key"] for tag in [*(secret.tags or []), *call.params["Tags"]]}
    if len(keys) > 50:
        raise AwsError("LimitExceededException", "A secret can have at most 50 tags.")
    return call.original()


@operation(SecretsManagerResponse, "UntagResource")
def untag(call: Call) -> Any:
    keep_what_lists_show(usable(call))
    return call.original()
