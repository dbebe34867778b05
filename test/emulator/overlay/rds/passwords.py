"""Passwords of master users, which are changed after the request.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html and API_ModifyDBCluster.html:
as soon as possible whatever else waits for the maintenance window, and until then MasterUserPassword is among
PendingModifiedValues, as asterisks. Meanwhile the state is `resetting-master-credentials`. Duration: lifecycle
"rds/password", "resetting-master-credentials". The password in force is the old one until then; AWS tells it to
nobody, but tests may ask (control.py).
"""

from __future__ import annotations

import string
from typing import Any

from moto.rds.models import rds_backends

from .. import lifecycle
from ..operations import AwsError

PASSWORD = "rds/password"
RESETTING = "resetting-master-credentials"

_REFUSED = set('/"@ ')
_ALLOWED = set(string.printable) - set(string.whitespace) - _REFUSED


def check_password(password: str) -> None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html; the message is AWS's."""
    if not 8 <= len(password) <= 128 or not set(password) <= _ALLOWED:
        message = "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters"
        raise AwsError("InvalidParameterValue", f"{message} besides '/', '@', '\"', ' ' may be used.")


def change_password(resource: Any, params: dict[str, Any]) -> dict[str, Any]:
    """Begins what a modification asks of the password; the rest of the modification is returned."""
    rest = dict(params)
    password = rest.pop("MasterUserPassword", None)
    if password is not None:
        check_password(password)
        _settle(resource)
        resource.__dict__["new_password"] = password
        lifecycle.begin(PASSWORD, _identity(resource), RESETTING, then="available")
    return rest


def is_resetting(resource: Any) -> bool:
    if "new_password" not in resource.__dict__:
        return False
    return lifecycle.current(PASSWORD, _identity(resource), "available") == RESETTING


def password_of(resource: Any) -> str:
    _settle(resource)
    return str(resource._master_user_password)


def _settle(resource: Any) -> None:
    if "new_password" in resource.__dict__ and not is_resetting(resource):
        resource._master_user_password = resource.__dict__.pop("new_password")


def _identity(resource: Any) -> str:
    return f"{resource.arn} password"


def reveal(kind: str, identifier: str) -> dict[str, Any]:
    """For tests: the password in force, and what a cluster or instance was restored from."""
    for of_account in rds_backends.values():
        for backend in of_account.values():
            resources = backend.clusters if kind == "cluster" else backend.databases
            if identifier in resources:
                resource: Any = resources[identifier]
                restored = resource.__dict__.get("restored_from")
                return {"password": password_of(resource), "restoredFrom": restored}
    raise ValueError(f"there is no {kind} {identifier}")
