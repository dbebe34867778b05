"""Versioning and object lock, which depend on each other.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
Versioning cannot be suspended under a replication configuration or object lock, which moto allows; MFA
delete is stored. Object lock can be enabled on any versioned bucket, also one with objects, which moto
refuses.
"""

from __future__ import annotations

from typing import Any

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of
from .settings import not_found


@operation("PutBucketVersioning")
def put_versioning(call: Call) -> Any:
    bucket = bucket_of(call)
    configuration = call.params["VersioningConfiguration"]
    status = configuration.get("Status")
    if status not in ("Enabled", "Suspended"):
        message = "The Versioning element must be specified"
        raise AwsError("IllegalVersioningConfigurationException", message)
    if status == "Suspended" and bucket.object_lock_enabled:
        message = (
            "An Object Lock configuration is present on this bucket, so the versioning state cannot be "
            "changed."
        )
        raise AwsError("InvalidBucketState", message, 409)
    if status == "Suspended" and "Replication" in settings_of(bucket):
        message = (
            "A replication configuration is present on this bucket, so you cannot change the versioning "
            "state. To change the versioning state, first delete the replication configuration."
        )
        raise AwsError("InvalidBucketState", message, 409)
    bucket.versioning_status = status
    if "MFADelete" in configuration:
        settings_of(bucket)["MFADelete"] = configuration["MFADelete"]
    return {}


@operation("GetBucketVersioning")
def get_versioning(call: Call) -> Any:
    bucket = bucket_of(call)
    result = {"Status": bucket.versioning_status, "MFADelete": settings_of(bucket).get("MFADelete")}
    return {name: value for name, value in result.items() if value is not None}


@operation("PutObjectLockConfiguration")
def put_object_lock(call: Call) -> Any:
    bucket = bucket_of(call)
    if bucket.versioning_status != "Enabled":
        message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
        raise AwsError("InvalidBucketState", message, 409)
    configuration = call.params.get("ObjectLockConfiguration", {})
    if configuration.get("ObjectLockEnabled") != "Enabled":
        raise _malformed()
    retention = configuration.get("Rule", {}).get("DefaultRetention", {})
    if "Rule" in configuration and (
        "Mode" not in retention or ("Days" in retention) == ("Years" in retention)
    ):
        raise _malformed()
    if retention.get("Days", 1) <= 0 or retention.get("Years", 1) <= 0:
        raise AwsError("InvalidArgument", "Default retention period must be a positive integer value.")
    # Once enabled, object lock cannot be disabled; only the default retention comes and goes.
    bucket.object_lock_enabled = True
    bucket.default_lock_mode = retention.get("Mode", "")
    bucket.default_lock_days = retention.get("Days", 0)
    bucket.default_lock_years = retention.get("Years", 0)
    return {}


def _malformed() -> AwsError:
    return AwsError("MalformedXML", "The XML you provided was not well-formed.")


@operation("GetObjectLockConfiguration")
def get_object_lock(call: Call) -> Any:
    bucket = bucket_of(call)
    if not bucket.object_lock_enabled:
        message = "Object Lock configuration does not exist for this bucket"
        raise not_found("ObjectLockConfigurationNotFoundError", message)
    configuration: dict[str, Any] = {"ObjectLockEnabled": "Enabled"}
    if bucket.default_lock_mode:
        period = (
            {"Days": bucket.default_lock_days}
            if bucket.default_lock_days
            else {"Years": bucket.default_lock_years}
        )
        configuration["Rule"] = {"DefaultRetention": {"Mode": bucket.default_lock_mode, **period}}
    return {"ObjectLockConfiguration": configuration}
