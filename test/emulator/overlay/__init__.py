"""What moto lacks of AWS: one file per service, each to be deleted when moto has it. README.md says how to add one."""

from __future__ import annotations

from typing import Any

from . import control, lifecycle, staleness


def install(application: Any) -> Any:
    lifecycle.reset()
    staleness.reset()
    return control.install(application)
