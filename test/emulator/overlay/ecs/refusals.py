"""Errors of ECS.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the pages of the operations.
"""

from __future__ import annotations

from ..operations import AwsError


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


def impossible(message: str) -> AwsError:
    return AwsError("ClientException", message)


def cluster_not_found() -> AwsError:
    return AwsError("ClusterNotFoundException", "Cluster not found.")


def service_not_found() -> AwsError:
    return AwsError("ServiceNotFoundException", "Service not found.")
