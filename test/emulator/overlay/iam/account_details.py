"""Everything about the roles of an account in one call.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html: pages of MaxItems
entities (1 to 1000, 100 if not given; Marker), of the types that Filter names. A RoleDetail has neither
description nor session duration; policy documents are URL-encoded. moto has everything in one page. What was
created a moment ago may be absent (staleness "iam").
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from moto.iam.responses import IamResponse

from .. import staleness
from ..operations import AwsError, Call, operation

_TYPES = ("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")


@operation(IamResponse, "GetAccountAuthorizationDetails")
def get_account_authorization_details(call: Call) -> Any:
    wanted, limit = call.params.get("Filter", []) or _TYPES, call.params.get("MaxItems", 100)
    marker = call.params.get("Marker", "0")
    if any(name not in _TYPES for name in wanted) or not 1 <= limit <= 1000 or not marker.isdigit():
        raise AwsError("ValidationError", "Filter, MaxItems or Marker is invalid.")
    entities = _entities(call, wanted)
    start = int(marker)
    end = start + limit
    answer: dict[str, Any] = {
        "UserDetailList": [],
        "GroupDetailList": [],
        "RoleDetailList": [],
        "Policies": [],
        "IsTruncated": end < len(entities),
    }
    for member, entity in entities[start:end]:
        answer[member].append(entity)
    if end < len(entities):
        answer["Marker"] = str(end)
    return answer


def _entities(call: Call, wanted: Any) -> list[tuple[str, Any]]:
    backend = call.response.backend
    own = f":{call.account}:policy/"
    entities: list[tuple[str, Any]] = []
    if "User" in wanted:
        entities += [("UserDetailList", user) for user in backend.users.values()]
    if "Group" in wanted:
        entities += [("GroupDetailList", group) for group in backend.groups.values()]
    if "Role" in wanted:
        shown = [role for role in backend.roles.values() if not staleness.is_hidden("iam", role.arn)]
        roles = sorted(shown, key=lambda role: role.name)
        entities += [("RoleDetailList", _shown(role)) for role in roles]
    # AWS's own are some 1,500.
    policies = backend.managed_policies.values() if any(name.endswith("ManagedPolicy") for name in wanted) else ()
    for policy in policies:
        if ("LocalManagedPolicy" if own in policy.arn else "AWSManagedPolicy") in wanted:
            entities.append(("Policies", policy))
    return entities


def _shown(role: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": role.arn,
        "CreateDate": role.create_date,
        "AssumeRolePolicyDocument": quote(role.assume_role_policy_document, safe=""),
        "InstanceProfileList": role.instance_profile_list,
        "RolePolicyList": [
            {"PolicyName": name, "PolicyDocument": quote(document, safe="")}
            for name, document in role.policies.items()
        ],
        "AttachedManagedPolicies": role.attached_managed_policies,
        "Tags": role.tags,
        "RoleLastUsed": {},
    }
    if role.permissions_boundary_arn:
        shown["PermissionsBoundary"] = {
            # The only value, by the document of the type AttachedPermissionsBoundary.
            "PermissionsBoundaryType": "Policy",
            "PermissionsBoundaryArn": role.permissions_boundary_arn,
        }
    return shown
