"""What moto lacks of AWS: one file per service, each to be deleted when moto has it. README.md says how to
add one."""

from __future__ import annotations

from typing import Any

from . import control, ec2, errors, iam, kms, lifecycle, locks, s3, staleness, tagging  # noqa: F401


def install(application: Any) -> Any:
    lifecycle.reset()
    staleness.reset()
    return control.install(errors.install(locks.install(application)))
