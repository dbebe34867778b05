"""Auth tokens, of which a group has one or, while it is rotated, two.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html: ROTATE adds a token to the one before, SET
leaves that token only; the first token of a group without one is added by ROTATE as well.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html: SET only
after ROTATE, DELETE only in exchange for user groups.
"""

from __future__ import annotations

from typing import Any

from moto.elasticache.models import elasticache_backends

from .checks import check_token
from .group import Group, now
from .refusals import impossible, invalid


def check_first_token(params: dict[str, Any]) -> None:
    if "AuthToken" not in params:
        return
    check_token(params["AuthToken"])
    if not params.get("TransitEncryptionEnabled", False):
        raise impossible("AuthToken can be given only if TransitEncryptionEnabled is true.")


def check_change(group: Group, params: dict[str, Any]) -> None:
    if "AuthToken" not in params and "AuthTokenUpdateStrategy" not in params:
        return
    strategy = params.get("AuthTokenUpdateStrategy", "ROTATE")
    if strategy == "DELETE":
        raise invalid("Auth token update strategy delete is not supported currently")
    if "AuthToken" not in params:
        raise impossible("AuthToken must be given with AuthTokenUpdateStrategy.")
    check_token(params["AuthToken"])
    if not group.transit_encryption_enabled:
        raise impossible("AuthToken can be given only if TransitEncryptionEnabled is true.")
    if not params.get("ApplyImmediately", False):
        raise impossible("AuthToken is changed immediately only.")
    if strategy == "SET" and (len(group.auth_tokens) < 2 or group.auth_tokens[-1] != params["AuthToken"]):
        raise invalid("The strategy SET is allowed only after ROTATE, with the same AuthToken.")


def change(group: Group, params: dict[str, Any]) -> None:
    if "AuthToken" not in params:
        return
    token = params["AuthToken"]
    is_set = params.get("AuthTokenUpdateStrategy") == "SET"
    group.auth_tokens = [token] if is_set else [group.auth_tokens[-1], token]
    group.auth_token_last_modified_date = now()


def reveal(name: str) -> dict[str, Any]:
    """For tests: the tokens that a group accepts, the newest last."""
    for of_account in elasticache_backends.values():
        for backend in of_account.values():
            if name in backend.replication_groups:
                group: Any = backend.replication_groups[name]
                return {"tokens": [token for token in group.auth_tokens if token is not None]}
    raise ValueError(f"there is no replication group {name}")
