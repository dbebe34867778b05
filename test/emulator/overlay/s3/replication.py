"""Replication rules, stored whole, between versioned buckets only.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
moto keeps id, priority, status and destination, and does not look at the destination's versioning.
"""

from __future__ import annotations

import uuid
from typing import Any

from moto.s3.models import s3_backends

from ..operations import AwsError, Call
from .dispatch import bucket_of, operation, settings_of
from .settings import not_found


@operation("PutBucketReplication")
def put(call: Call) -> Any:
    bucket = bucket_of(call)
    if bucket.versioning_status != "Enabled":
        message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        raise AwsError("InvalidRequest", message)
    configuration = call.params["ReplicationConfiguration"]
    rules = configuration.get("Rules", [])
    if not rules or not configuration.get("Role"):
        raise AwsError("MalformedXML", "The XML you provided was not well-formed.")
    for rule in rules:
        rule.setdefault("ID", str(uuid.uuid4()))
        _check_rule(rule)
        _check_destination(rule["Destination"]["Bucket"])
    if len({rule["ID"] for rule in rules}) != len(rules):
        raise AwsError("InvalidArgument", "Rule Id must be unique")
    priorities = [rule["Priority"] for rule in rules if "Priority" in rule]
    if len(set(priorities)) != len(priorities):
        raise AwsError("InvalidRequest", "Found duplicate priority. Priority must be unique for all rules")
    settings_of(bucket)["Replication"] = configuration
    return {}


def _check_rule(rule: dict[str, Any]) -> None:
    if ("Filter" in rule) == ("Prefix" in rule):
        raise AwsError("MalformedXML", "The XML you provided was not well-formed.")
    if "Filter" in rule and "DeleteMarkerReplication" not in rule:
        message = (
            "DeleteMarkerReplication must be specified for this version of Cross Region Replication "
            "configuration schema."
        )
        raise AwsError("InvalidRequest", message)
    if "Filter" in rule and "Priority" not in rule:
        message = (
            "Priority must be specified for this version of Cross Region Replication configuration schema."
        )
        raise AwsError("InvalidRequest", message)
    encrypted = (
        rule.get("SourceSelectionCriteria", {}).get("SseKmsEncryptedObjects", {}).get("Status") == "Enabled"
    )
    has_key = "ReplicaKmsKeyID" in rule["Destination"].get("EncryptionConfiguration", {})
    if encrypted != has_key:
        message = (
            "SseKmsEncryptedObjects and EncryptionConfiguration.ReplicaKmsKeyID must be specified together."
        )
        raise AwsError("InvalidRequest", message)
    if "ReplicationTime" in rule["Destination"] and "Metrics" not in rule["Destination"]:
        raise AwsError("InvalidRequest", "Metrics must be specified if ReplicationTime is.")


def _check_destination(arn: str) -> None:
    name = arn.split(":")[-1]
    where = s3_backends.bucket_accounts.get(name)
    if where is None:
        raise AwsError("InvalidRequest", "Destination bucket must exist.")
    partition, account = where
    if s3_backends[account][partition].buckets[name].versioning_status != "Enabled":
        raise AwsError("InvalidRequest", "Destination bucket must have versioning enabled.")


@operation("GetBucketReplication")
def get(call: Call) -> Any:
    configuration = settings_of(bucket_of(call)).get("Replication")
    if configuration is None:
        raise not_found(
            "ReplicationConfigurationNotFoundError", "The replication configuration was not found"
        )
    return {"ReplicationConfiguration": configuration}


@operation("DeleteBucketReplication")
def delete(call: Call) -> Any:
    settings_of(bucket_of(call)).pop("Replication", None)
    return {}
