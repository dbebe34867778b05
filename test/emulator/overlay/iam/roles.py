"""Roles.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html: the trust policy must be one.
API_UpdateRole.html: a description that is not given stays, a session duration that is not given becomes an
hour; 3600 to 43200 seconds. API_ListRoles.html: trust policies are URL-encoded;
what was created a moment ago may be absent (staleness "iam").
API_CreateServiceLinkedRole.html: names in AWS's spelling, and InvalidInput when the role exists.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from moto.iam.responses import IamResponse

from .. import staleness
from ..operations import AwsError, Call, operation

_SERVICE_NAMES = {
    "autoscaling": "AutoScaling",
    "ecs": "ECS",
    "ecs.application-autoscaling": "ApplicationAutoScaling_ECSService",
    "elasticache": "ElastiCache",
    "elasticloadbalancing": "ElasticLoadBalancing",
    "rds": "RDS",
    "rds.application-autoscaling": "ApplicationAutoScaling_RDSCluster",
    "elasticache.application-autoscaling": "ApplicationAutoScaling_ElastiCacheRG",
    "transitgateway": "VPCTransitGateway",
}


@operation(IamResponse, "CreateRole")
def create_role(call: Call) -> Any:
    try:
        document = json.loads(call.params["AssumeRolePolicyDocument"])
    except ValueError:
        raise _malformed("This policy contains invalid Json") from None
    if not isinstance(document, dict) or "Statement" not in document:
        raise _malformed("Missing required field Statement")
    statements = document["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        if "Principal" not in statement:
            raise _malformed("AssumeRole policy must specify the principals that can assume the role")
    _check_session_duration(call)
    answer = call.original()
    staleness.written(call.response.backend.get_role(call.params["RoleName"]).arn)
    return answer


def _malformed(message: str) -> AwsError:
    return AwsError("MalformedPolicyDocument", message)


def _check_session_duration(call: Call) -> None:
    if not 3600 <= call.params.get("MaxSessionDuration", 3600) <= 43200:
        message = (
            "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: "
            "Member must be between 3600 and 43200"
        )
        raise AwsError("ValidationError", message)


@operation(IamResponse, "UpdateRole")
def update_role(call: Call) -> Any:
    _check_session_duration(call)
    role = call.response.backend.get_role(call.params["RoleName"])
    role.description = call.params.get("Description", role.description)
    role.max_session_duration = call.params.get("MaxSessionDuration", 3600)
    return {}


@operation(IamResponse, "ListRoles")
def list_roles(call: Call) -> Any:
    prefix, marker = call.params.get("PathPrefix", "/"), call.params.get("Marker", "")
    limit = call.params.get("MaxItems", 100)
    roles = sorted(
        (
            role
            for role in call.response.backend.roles.values()
            if role.path.startswith(prefix)
            and role.name > marker
            and not staleness.is_hidden("iam", role.arn)
        ),
        key=lambda role: role.name,
    )
    answer: dict[str, Any] = {
        "Roles": [_shown(role) for role in roles[:limit]],
        "IsTruncated": len(roles) > limit,
    }
    if len(roles) > limit:
        answer["Marker"] = roles[limit - 1].name
    return answer


def _shown(role: Any) -> dict[str, Any]:
    """A role as ListRoles shows it: without its tags, its boundary and when it was last used."""
    shown = {
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": role.arn,
        "CreateDate": role.create_date,
        "AssumeRolePolicyDocument": quote(role.assume_role_policy_document, safe=""),
        "Description": role.description or None,
        "MaxSessionDuration": role.max_session_duration,
    }
    return {name: value for name, value in shown.items() if value is not None}


@operation(IamResponse, "CreateServiceLinkedRole")
def create_service_linked_role(call: Call) -> Any:
    service, backend = call.params["AWSServiceName"], call.response.backend
    short = service.removesuffix(".amazonaws.com")
    suffix = f"_{call.params['CustomSuffix']}" if "CustomSuffix" in call.params else ""
    name = f"AWSServiceRoleFor{_SERVICE_NAMES.get(short, short.replace('.', '-'))}{suffix}"
    if any(role.name == name for role in backend.roles.values()):
        raise AwsError(
            "InvalidInput",
            f"Service role name {name} has been taken in this account, please try a different suffix.",
        )
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
    }
    role = backend.create_role(
        role_name=name,
        assume_role_policy_document=json.dumps(trust),
        path=f"/aws-service-role/{service}/",
        permissions_boundary=None,
        description=call.params.get("Description", ""),
        tags=[],
        max_session_duration=3600,
        linked_service=service,
    )
    return {"Role": _shown(role)}
