"""Errors of ElastiCache.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/CommonErrors.html and the pages of the
operations. Statuses are those of botocore's model.
"""

from __future__ import annotations

from ..operations import AwsError


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterValue", message)


def impossible(message: str) -> AwsError:
    return AwsError("InvalidParameterCombination", message)


def not_available(message: str) -> AwsError:
    return AwsError("InvalidReplicationGroupState", message)


def group_not_found(name: str) -> AwsError:
    return AwsError("ReplicationGroupNotFoundFault", f"ReplicationGroup {name} not found.", 404)
