"""Managed policies, AWS's and the account's.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html: names are unique in an account,
whatever their path. API_DeletePolicy.html: not while a policy is attached, is a boundary, or has versions
besides the default one. API_AttachRolePolicy.html: attaching again changes nothing, where moto counts it
twice. AWS's own policies are there from the start. moto reads all 1,500 of them again for each account and
each reset, a fifth of a second; here they are read once and copied.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

from ..operations import AwsError, Call, operation

# Roles are given AWS's managed policies, which moto has only if told so before it starts.
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

_read_aws_policies = IAMBackend._init_aws_policies


@cache
def _aws_policies(partition: str) -> list[Any]:
    # The backend is only asked for its account and region, so one that was never set up does.
    reader = IAMBackend.__new__(IAMBackend)
    reader.account_id, reader.region_name = "aws", partition
    return _read_aws_policies(reader)


def _init_aws_policies(backend: IAMBackend) -> list[Any]:
    return [_copy_for(backend.account_id, policy) for policy in _aws_policies(backend.region_name)]


def _copy_for(account_id: str, policy: Any) -> Any:
    # Made by its own class, moto would keep each of them in a list besides, until the next reset.
    copy = object.__new__(type(policy))
    copy.__dict__.update(policy.__dict__, account_id=account_id)
    return copy


IAMBackend._init_aws_policies = _init_aws_policies  # type: ignore[method-assign]


@operation(IamResponse, "CreatePolicy")
def create_policy(call: Call) -> Any:
    name = call.params["PolicyName"]
    own = f":{call.account}:policy/"
    if any(own in arn and arn.rsplit("/", 1)[-1] == name for arn in call.response.backend.managed_policies):
        raise AwsError(
            "EntityAlreadyExists",
            f"A policy called {name} already exists. Duplicate names are not allowed.",
            409,
        )
    return call.original()


@operation(IamResponse, "DeletePolicy")
def delete_policy(call: Call) -> Any:
    arn = call.params["PolicyArn"]
    backend = call.response.backend
    policy = backend.get_policy(arn)
    owners = [*backend.roles.values(), *backend.users.values(), *backend.groups.values()]
    if any(arn in owner.managed_policies for owner in owners):
        raise _conflict("Cannot delete a policy attached to entities.")
    if any(getattr(owner, "permissions_boundary_arn", None) == arn for owner in owners):
        raise _conflict("Cannot delete a policy that is used as a permissions boundary.")
    if len(policy.versions) > 1:
        raise _conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the "
            "policy's versions. The default version is deleted with the policy."
        )
    return call.original()


def _conflict(message: str) -> AwsError:
    return AwsError("DeleteConflict", message, 409)


@operation(IamResponse, "AttachRolePolicy")
def attach_role_policy(call: Call) -> Any:
    role = call.response.backend.get_role(call.params["RoleName"])
    return {} if call.params["PolicyArn"] in role.managed_policies else call.original()
