"""What moto lacks of AWS: a file or folder per service, each to be deleted when moto has it.

README.md says how to add one.
"""

from __future__ import annotations

from typing import Any

from . import (  # noqa: F401
    autoscaling,
    cloudwatch,
    control,
    dynamodb,
    ec2,
    ecr,
    ecs,
    elasticache,
    elb,
    errors,
    iam,
    kms,
    known_once,
    lifecycle,
    logs,
    rds,
    resets,
    s3,
    secretsmanager,
    sns,
    staleness,
    tagging,
    waf,
)
from .s3 import virtual_hosts


def install(application: Any) -> Any:
    lifecycle.reset()
    staleness.reset()
    for layer in (virtual_hosts, errors, control):
        application = layer.install(application)
    return application
