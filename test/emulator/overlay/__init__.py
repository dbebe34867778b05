"""What moto lacks of AWS: a file or folder per service, each to be deleted when moto has it.

README.md says how to add one.
"""

from __future__ import annotations

from typing import Any

from . import control, ec2, errors, iam, kms, lifecycle, locks, logs, s3, staleness, tagging  # noqa: F401
from .s3 import virtual_hosts


def install(application: Any) -> Any:
    lifecycle.reset()
    staleness.reset()
    for layer in (virtual_hosts, locks, errors, control):
        application = layer.install(application)
    return application
