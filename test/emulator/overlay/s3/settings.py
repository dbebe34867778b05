"""Settings of a bucket that AWS returns exactly as they were put.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
moto keeps parts of accelerate, CORS, inventory, logging, replication and lifecycle settings, and none of
analytics, metrics, intelligent tiering, request payment. Whatever moto acts upon is handed to it as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.s3.models import FakeBucket

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of

Check = Callable[[Call, FakeBucket, Any], Any]


def not_found(code: str, message: str) -> AwsError:
    return AwsError(code, message, 404)


def setting(
    name: str,
    payload: str,
    missing: tuple[str, str] | None,
    check: Check | None = None,
    moto_acts: bool = False,
    read: str | None = None,
    delete: str | None = None,
    flat: bool = False,
) -> None:
    """One setting of a bucket: Put<name>, Get<name>, Delete<name>.

    `payload` is the member that Put takes and, unless `flat`, Get returns. `missing` is the error of Get when
    there is none; without it the answer is empty. `check` refuses, or returns the setting as it is stored.
    """

    @operation(f"Put{name}")
    def put(call: Call) -> Any:
        bucket = bucket_of(call)
        value = call.params.get(payload)
        if value is None:
            raise AwsError("MalformedXML", "The XML you provided was not well-formed.")
        if check is not None:
            value = check(call, bucket, value)
        if moto_acts:
            call.original()
        settings_of(bucket)[name] = value
        return {}

    @operation(read or f"Get{name}")
    def get(call: Call) -> Any:
        value = settings_of(bucket_of(call)).get(name)
        if value is None:
            if missing is not None:
                raise not_found(*missing)
            return {}
        return value if flat else {payload: value}

    @operation(delete or f"Delete{name}")
    def remove(call: Call) -> Any:
        settings_of(bucket_of(call)).pop(name, None)
        if moto_acts:
            call.original()
        return {}


def numbered_setting(name: str, payload: str, list_member: str) -> None:
    """A setting of which a bucket has several, each with an id."""

    def configurations(call: Call) -> dict[str, Any]:
        return settings_of(bucket_of(call)).setdefault(name, {})

    @operation(f"Put{name}")
    def put(call: Call) -> Any:
        value = call.params.get(payload)
        if value is None or value.get("Id") != call.params["Id"]:
            raise AwsError(
                "InvalidConfigurationId", "The configuration id of the request and of its body differ."
            )
        configurations(call)[value["Id"]] = value
        return {}

    @operation(f"Get{name}")
    def get(call: Call) -> Any:
        value = configurations(call).get(call.params["Id"])
        if value is None:
            raise not_found("NoSuchConfiguration", "The specified configuration does not exist.")
        return {payload: value}

    @operation(f"Delete{name}")
    def remove(call: Call) -> Any:
        if configurations(call).pop(call.params["Id"], None) is None:
            raise not_found("NoSuchConfiguration", "The specified configuration does not exist.")
        return {}

    @operation(f"List{name}s")
    def list_all(call: Call) -> Any:
        ordered = [value for _, value in sorted(configurations(call).items())]
        return {list_member: ordered, "IsTruncated": False}


def _not_suspended_before_enabled(call: Call, bucket: FakeBucket, value: Any) -> Any:
    if "." in bucket.name:
        raise AwsError(
            "InvalidRequest",
            "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
        )
    before = settings_of(bucket).get("BucketAccelerateConfiguration")
    return None if before is None and value.get("Status") == "Suspended" else value


def _with_allowed_methods(call: Call, bucket: FakeBucket, value: Any) -> Any:
    for rule in value.get("CORSRules", []):
        for method in rule.get("AllowedMethods", []):
            if method not in ("GET", "PUT", "HEAD", "POST", "DELETE"):
                message = f"Found unsupported HTTP method in CORS config. Unsupported method is {method}"
                raise AwsError("InvalidRequest", message)
    return value


numbered_setting(
    "BucketIntelligentTieringConfiguration",
    "IntelligentTieringConfiguration",
    "IntelligentTieringConfigurationList",
)
numbered_setting("BucketMetricsConfiguration", "MetricsConfiguration", "MetricsConfigurationList")
numbered_setting("BucketAnalyticsConfiguration", "AnalyticsConfiguration", "AnalyticsConfigurationList")
numbered_setting("BucketInventoryConfiguration", "InventoryConfiguration", "InventoryConfigurationList")

setting(
    "BucketAccelerateConfiguration", "AccelerateConfiguration", None, _not_suspended_before_enabled, flat=True
)
setting(
    "BucketCors",
    "CORSConfiguration",
    ("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    _with_allowed_methods,
    moto_acts=True,
    flat=True,
)
setting(
    "BucketWebsite",
    "WebsiteConfiguration",
    ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
    moto_acts=True,
    flat=True,
)


@operation("GetBucketRequestPayment")
def get_request_payment(call: Call) -> Any:
    return settings_of(bucket_of(call)).get("RequestPayment", {"Payer": "BucketOwner"})


@operation("PutBucketRequestPayment")
def put_request_payment(call: Call) -> Any:
    settings_of(bucket_of(call))["RequestPayment"] = call.params["RequestPaymentConfiguration"]
    return {}


@operation("PutBucketNotificationConfiguration")
def put_notification(call: Call) -> Any:
    """Amazon EventBridge on or off is an empty element, which moto forgets."""
    result = call.original()
    configuration = call.params["NotificationConfiguration"]
    settings_of(bucket_of(call))["Notification"] = configuration
    return result


@operation("GetBucketNotificationConfiguration")
def get_notification(call: Call) -> Any:
    return settings_of(bucket_of(call)).get("Notification", {})
