"""Buckets of access logs.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html: a bucket of the region
of the load balancer, encrypted with S3's own key, with a policy that lets Elastic Load Balancing write under
<prefix>/AWSLogs/<account>/. AWS writes a test file there when access logs are switched on. moto takes any text.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.s3.models import s3_backends

from ..operations import AwsError, Call
from .pages import invalid

_WRITER = "logdelivery.elasticloadbalancing.amazonaws.com"


def check_access_logs(call: Call, attributes: dict[str, str]) -> None:
    if attributes.get("access_logs.s3.enabled") != "true":
        return
    name, prefix = attributes["access_logs.s3.bucket"], attributes["access_logs.s3.prefix"]
    if not name:
        raise invalid("The value of 'access_logs.s3.bucket' cannot be empty when access logs are enabled")
    if "AWSLogs" in prefix or prefix.startswith("/") or prefix.endswith("/"):
        raise invalid(f"The value of 'access_logs.s3.prefix' is not valid: '{prefix}'")
    bucket: Any = s3_backends[call.account][call.partition].buckets.get(name)
    if bucket is None:
        raise _refused(f"S3 bucket '{name}' does not exist")
    if bucket.region_name != call.region:
        message = f"The specified bucket is in the region {bucket.region_name}, and not in {call.region}"
        raise _refused(message)
    directory = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
    test_file = f"{bucket.arn}/{directory}/{call.account}/ELBAccessLogTestFile"
    if not _may_write(bucket, test_file) or _algorithm_of(bucket) != "AES256":
        raise _refused(f"Access Denied for bucket: {name}. Please check S3bucket permission")


def _may_write(bucket: Any, resource: str) -> bool:
    """Conditions are not judged."""
    if bucket.policy is None:
        return False
    return any(_lets_write(statement, resource) for statement in _many(json.loads(bucket.policy)["Statement"]))


def _lets_write(statement: dict[str, Any], resource: str) -> bool:
    principal = statement.get("Principal", {})
    services = _many(principal.get("Service", [])) if isinstance(principal, dict) else []
    return (
        statement["Effect"] == "Allow"
        and _WRITER in services
        and any(fnmatchcase("s3:PutObject", action) for action in _many(statement.get("Action", [])))
        and any(fnmatchcase(resource, pattern) for pattern in _many(statement.get("Resource", [])))
    )


def _algorithm_of(bucket: Any) -> str:
    rule = (bucket.encryption or {}).get("Rule", {})
    rules = rule if isinstance(rule, list) else [rule]
    default = rules[0].get("ApplyServerSideEncryptionByDefault", {}) if rules else {}
    return str(default.get("SSEAlgorithm", "AES256"))


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _refused(message: str) -> AwsError:
    return AwsError("InvalidConfigurationRequest", message)
