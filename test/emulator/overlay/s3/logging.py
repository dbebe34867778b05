"""Server access logging.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
The target bucket has the same owner and region. Whether the logging service may write to it is not checked
by AWS when logging is put, but by moto; and moto forgets TargetObjectKeyFormat. Buckets that enforce their
owner take no grants.
"""

from __future__ import annotations

from typing import Any

from moto.s3.models import s3_backends

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of


@operation("PutBucketLogging")
def put(call: Call) -> Any:
    bucket = bucket_of(call)
    enabled = call.params.get("BucketLoggingStatus", {}).get("LoggingEnabled")
    if enabled is None:
        settings_of(bucket).pop("Logging", None)
        bucket.logging = {}
        return {}
    if "TargetBucket" not in enabled or "TargetPrefix" not in enabled:
        raise AwsError("MalformedXML", "The XML you provided was not well-formed.")
    _check_target(call, bucket, enabled)
    settings_of(bucket)["Logging"] = enabled
    # moto writes log objects by its own field.
    bucket.logging = {"TargetBucket": enabled["TargetBucket"], "TargetPrefix": enabled["TargetPrefix"]}
    return {}


def _check_target(call: Call, bucket: Any, enabled: dict[str, Any]) -> None:
    code, name = "InvalidTargetBucketForLogging", enabled["TargetBucket"]
    where = s3_backends.bucket_accounts.get(name)
    if where is None:
        raise AwsError(code, "The target bucket for logging does not exist")
    if where[1] != bucket.account_id:
        raise AwsError(code, "The owner for the bucket to be logged and the target bucket must be the same.")
    target = call.response.backend.buckets[name]
    if target.region_name != bucket.region_name:
        message = "Cross S3 location logging not allowed."
        raise AwsError("CrossLocationLoggingProhibitted", message, 403)
    if enabled.get("TargetGrants") and target.ownership_rule == "BucketOwnerEnforced":
        message = "The bucket does not allow ACLs: target grants are not supported with bucket owner enforced"
        raise AwsError("InvalidArgument", message)


@operation("GetBucketLogging")
def get(call: Call) -> Any:
    enabled = settings_of(bucket_of(call)).get("Logging")
    return {} if enabled is None else {"LoggingEnabled": enabled}
