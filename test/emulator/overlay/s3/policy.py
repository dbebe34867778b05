"""Bucket policies, refused when malformed or public.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
moto stores any text, and then fails on every object of the bucket. It also applies a statement whatever its
Condition: the usual one that denies requests without TLS would deny everything. The emulator cannot judge
conditions and leaves such statements out.
"""

from __future__ import annotations

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.utils import bucket_policy_is_public

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of
from .settings import not_found


@operation("PutBucketPolicy")
def put(call: Call) -> Any:
    bucket = bucket_of(call)
    text = call.response.body
    policy = _parsed(text)
    for statement in policy["Statement"]:
        _check_statement(statement, bucket.arn)
    blocked = settings_of(bucket).get("PublicAccessBlock", {}).get("BlockPublicPolicy", False)
    if blocked and bucket_policy_is_public(text):
        message = (
            f"User is not authorized to perform: s3:PutBucketPolicy on resource: {bucket.arn} because "
            "public policies are blocked by the BlockPublicPolicy block public access setting."
        )
        raise AwsError("AccessDenied", message, 403)
    bucket.policy = text
    return {}


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        policy = json.loads(text)
    except ValueError:
        raise _malformed("This policy contains invalid Json") from None
    if not isinstance(policy, dict):
        raise _malformed("This policy contains invalid Json")
    if policy.get("Version") not in ("2012-10-17", "2008-10-17"):
        raise _malformed("The policy must contain a valid version string")
    statements = policy.get("Statement")
    if isinstance(statements, dict):
        statements = [statements]
    if not statements:
        raise _malformed("Missing required field Statement")
    return {**policy, "Statement": statements}


def _check_statement(statement: dict[str, Any], arn: str) -> None:
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise _malformed("Missing required field Effect")
    for field in ("Principal", "Action", "Resource"):
        if field not in statement and f"Not{field}" not in statement:
            raise _malformed(f"Missing required field {field}")
    actions = _many(statement.get("Action", []))
    if any(action != "*" and not action.lower().startswith("s3:") for action in actions):
        raise _malformed("Policy has invalid action")
    resources = _many(statement.get("Resource", []))
    if any(
        resource != "*" and resource != arn and not resource.startswith(f"{arn}/") and "*" not in resource
        for resource in resources
    ):
        raise _malformed("Policy has invalid resource")


def _many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _malformed(message: str) -> AwsError:
    return AwsError("MalformedPolicy", message)


@operation("GetBucketPolicyStatus")
def get_status(call: Call) -> Any:
    policy = bucket_of(call).policy
    if policy is None:
        raise not_found("NoSuchBucketPolicy", "The bucket policy does not exist")
    return {"PolicyStatus": {"IsPublic": bucket_policy_is_public(policy)}}


@operation("DeleteBucketPolicy")
def delete(call: Call) -> Any:
    bucket_of(call).policy = None
    return {}


def _get_permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    policy = _parsed(bucket.policy)
    judged = [statement for statement in policy["Statement"] if "Condition" not in statement]
    if not judged:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps({**policy, "Statement": judged})).is_action_permitted(action, resource)


FakeBucket.get_permission = _get_permission  # type: ignore[method-assign]
