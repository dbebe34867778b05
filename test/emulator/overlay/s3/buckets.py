"""Creating, listing and deleting buckets.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: tags in the body are stored, by the
same rules as those of PutBucketTagging; creating one's own bucket again succeeds in us-east-1 only and
changes nothing.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html: pages, with the region of each bucket.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html: not while there is a version, a
delete marker.
"""

from __future__ import annotations

import base64
from typing import Any

from moto.s3.models import s3_backends

from .. import staleness
from ..operations import AwsError, Call
from .defaults import give_defaults
from .dispatch import bucket_of, operation


@operation("CreateBucket")
def create_bucket(call: Call) -> Any:
    name = call.params["Bucket"]
    if "CreateBucketConfiguration" in call.params and call.response.body:
        _check_tags(_tags(call))
    exists = name in s3_backends.bucket_accounts
    if exists and s3_backends.bucket_accounts[name][1] != call.account:
        raise AwsError(
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all users of "
            "the system. Please select a different name and try again.",
            409,
        )
    result = call.original()
    if exists:
        return result
    bucket = bucket_of(call)
    give_defaults(bucket, call.params.get("ObjectOwnership"))
    staleness.written(bucket.arn)
    tags = _tags(call)
    if tags:
        call.response.backend.put_bucket_tagging(name, {tag["Key"]: tag["Value"] for tag in tags})
    return result


def _tags(call: Call) -> list[dict[str, str]]:
    return call.params.get("CreateBucketConfiguration", {}).get("Tags", [])


def _check_tags(tags: list[dict[str, str]]) -> None:
    keys = [tag["Key"] for tag in tags]
    if len(set(keys)) != len(keys):
        raise AwsError("InvalidTag", "Cannot provide multiple Tags with the same key")
    if len(keys) > 50:
        raise AwsError("BadRequest", "Bucket tag count cannot be greater than 50")
    if any(key.lower().startswith("aws:") for key in keys):
        raise AwsError("InvalidTag", "System tags cannot be added/updated by requester")


@operation("ListBuckets")
def list_buckets(call: Call) -> Any:
    prefix, region = call.params.get("Prefix", ""), call.params.get("BucketRegion")
    token = call.params.get("ContinuationToken")
    after = base64.b64decode(token).decode() if token else ""
    limit = call.params.get("MaxBuckets", 10_000)
    shown = sorted(
        (
            bucket
            for bucket in call.response.backend.buckets.values()
            if bucket.name.startswith(prefix)
            and bucket.name > after
            and region in (None, bucket.region_name)
            and not staleness.is_hidden("s3", bucket.arn)
        ),
        key=lambda bucket: bucket.name,
    )
    page = shown[:limit]
    result: dict[str, Any] = {
        "Owner": {"ID": "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"},
        "Buckets": [
            {
                "Name": bucket.name,
                "CreationDate": bucket.creation_date,
                "BucketRegion": bucket.region_name,
                "BucketArn": bucket.arn,
            }
            for bucket in page
        ],
    }
    if prefix:
        result["Prefix"] = prefix
    if len(shown) > limit:
        result["ContinuationToken"] = base64.b64encode(page[-1].name.encode()).decode()
    return result


@operation("DeleteBucket")
def delete_bucket(call: Call) -> Any:
    bucket = bucket_of(call)
    if any(versions for _, versions in bucket.keys.iterlists()):
        raise AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409)
    # moto's own dictionary keeps tags by ARN: the next bucket of the name would have them.
    call.response.backend.tagger.delete_all_tags_for_resource(bucket.arn)
    return call.original()
