"""Lists that lag behind writes, as AWS's eventually consistent lists do.

An overlay file calls `written` when a resource is created, and `is_hidden` where a list leaves out what is
too new. For how long is configured by service, at start by the environment variable EMULATOR_STALENESS and
at run time by
POST /moto-api/staleness. Not configured is zero. Reads of one resource by its name or id do not lag.
"""

from __future__ import annotations

import json
import os
import threading

from . import passing_time

_lock = threading.Lock()
_seconds: dict[str, float] = {}
_written: dict[str, float] = {}


def written(identity: str) -> None:
    """A resource was created now; the identity is its ARN."""
    with _lock:
        _written[identity] = passing_time.now()


def is_hidden(service: str, identity: str) -> bool:
    with _lock:
        since = _written.get(identity)
        return since is not None and passing_time.now() - since < _seconds.get(service, 0)


def configure(seconds: dict[str, float]) -> dict[str, float]:
    parsed = {service: float(value) for service, value in seconds.items()}
    with _lock:
        _seconds.update(parsed)
    return {}


def reset() -> None:
    with _lock:
        _written.clear()
        _seconds.clear()
    configure(json.loads(os.environ.get("EMULATOR_STALENESS", "{}")))
