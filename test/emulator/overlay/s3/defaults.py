"""What every new bucket has, and what remains when it is taken away.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
New buckets block all public access, have ACLs disabled, are encrypted by SSE-S3 and refuse SSE-C; moto's
have nothing of it. An encryption that is deleted becomes SSE-S3 again; the other two are then absent.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.s3.models import FakeBucket, PublicAccessBlock

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of
from .settings import not_found

_BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")

_SSE_S3: dict[str, Any] = {
    "Rules": [
        {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
            "BucketKeyEnabled": False,
            "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
        }
    ]
}


def give_defaults(bucket: FakeBucket, ownership: str | None) -> None:
    settings = settings_of(bucket)
    settings["Encryption"] = copy.deepcopy(_SSE_S3)
    settings["PublicAccessBlock"] = dict.fromkeys(_BLOCKS, True)
    settings["OwnershipControls"] = {"Rules": [{"ObjectOwnership": ownership or "BucketOwnerEnforced"}]}
    _tell_moto(bucket)


@operation("GetBucketEncryption")
def get_encryption(call: Call) -> Any:
    return {"ServerSideEncryptionConfiguration": settings_of(bucket_of(call))["Encryption"]}


@operation("PutBucketEncryption")
def put_encryption(call: Call) -> Any:
    bucket = bucket_of(call)
    configuration = call.params["ServerSideEncryptionConfiguration"]
    before = settings_of(bucket)["Encryption"]["Rules"][0]
    for rule in configuration.get("Rules", []):
        default = rule.setdefault(
            "ApplyServerSideEncryptionByDefault", before["ApplyServerSideEncryptionByDefault"]
        )
        if "KMSMasterKeyID" in default and not default["SSEAlgorithm"].startswith("aws:kms"):
            message = (
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
                "aws:kms:dsse"
            )
            raise AwsError("InvalidArgument", message)
        rule.setdefault("BucketKeyEnabled", False)
        # A Put that does not name it leaves what is blocked as it was. NONE, too, is returned.
        if "BlockedEncryptionTypes" in before:
            rule.setdefault("BlockedEncryptionTypes", before["BlockedEncryptionTypes"])
    if len(configuration.get("Rules", [])) != 1:
        raise AwsError("MalformedXML", "The XML you provided was not well-formed.")
    settings_of(bucket)["Encryption"] = configuration
    _tell_moto(bucket)
    return {}


@operation("DeleteBucketEncryption")
def delete_encryption(call: Call) -> Any:
    bucket = bucket_of(call)
    settings_of(bucket)["Encryption"] = copy.deepcopy(_SSE_S3)
    _tell_moto(bucket)
    return {}


@operation("GetPublicAccessBlock")
def get_public_access_block(call: Call) -> Any:
    block = settings_of(bucket_of(call)).get("PublicAccessBlock")
    if block is None:
        raise not_found(
            "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"
        )
    return {"PublicAccessBlockConfiguration": block}


@operation("PutPublicAccessBlock")
def put_public_access_block(call: Call) -> Any:
    wanted = call.params["PublicAccessBlockConfiguration"]
    bucket = bucket_of(call)
    settings_of(bucket)["PublicAccessBlock"] = {name: wanted.get(name, False) for name in _BLOCKS}
    _tell_moto(bucket)
    return {}


@operation("DeletePublicAccessBlock")
def delete_public_access_block(call: Call) -> Any:
    bucket = bucket_of(call)
    settings_of(bucket).pop("PublicAccessBlock", None)
    _tell_moto(bucket)
    return {}


@operation("GetBucketOwnershipControls")
def get_ownership_controls(call: Call) -> Any:
    controls = settings_of(bucket_of(call)).get("OwnershipControls")
    if controls is None:
        raise not_found("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
    return {"OwnershipControls": controls}


@operation("PutBucketOwnershipControls")
def put_ownership_controls(call: Call) -> Any:
    bucket = bucket_of(call)
    settings_of(bucket)["OwnershipControls"] = call.params["OwnershipControls"]
    _tell_moto(bucket)
    return {}


@operation("DeleteBucketOwnershipControls")
def delete_ownership_controls(call: Call) -> Any:
    bucket = bucket_of(call)
    settings_of(bucket).pop("OwnershipControls", None)
    _tell_moto(bucket)
    return {}


def _tell_moto(bucket: FakeBucket) -> None:
    """moto encrypts objects, and shows buckets in AWS Config, by its own fields."""
    settings = settings_of(bucket)
    rule = settings["Encryption"]["Rules"][0]
    bucket.encryption = {
        "Rule": {
            "ApplyServerSideEncryptionByDefault": rule["ApplyServerSideEncryptionByDefault"],
            "BucketKeyEnabled": rule["BucketKeyEnabled"],
        }
    }
    block = settings.get("PublicAccessBlock")
    bucket.public_access_block = (
        None if block is None else PublicAccessBlock(*(str(block[name]).lower() for name in _BLOCKS))
    )
    controls = settings.get("OwnershipControls")
    bucket.ownership_rule = None if controls is None else controls["Rules"][0]["ObjectOwnership"]
