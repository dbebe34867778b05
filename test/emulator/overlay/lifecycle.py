"""The states through which AWS's slow resources go, which moto skips.

A resource type of an overlay file (`ec2/nat-gateway`) calls `begin` when a resource enters a state, and
`current` wherever moto shows the state. How long a state lasts is configured by type and state, at start by
the environment variable EMULATOR_LIFECYCLES and at run time by POST /moto-api/lifecycle: seconds, or "held"
until it is released. Not configured is zero: the resource is in its next state at once, as in moto.
"""

from __future__ import annotations

import json
import math
import os
import threading
from dataclasses import dataclass
from typing import Any

from . import passing_time

Durations = dict[str, dict[str, float]]


@dataclass
class _Stay:
    state: str
    then: str
    until: float


_lock = threading.Lock()
_durations: Durations = {}
_stays: dict[tuple[str, str], _Stay] = {}


def begin(resource_type: str, resource_id: str, state: str, then: str) -> None:
    """The resource is in `state` from now on, and in `then` when the configured time has passed."""
    _begin(resource_type, resource_id, _Stay(state, then, passing_time.now()))


def begin_next(resource_type: str, resource_id: str, state: str, then: str) -> None:
    """The same from when its last state ended, whenever somebody looks; from now on if that was released."""
    with _lock:
        last = _stays.get((resource_type, resource_id))
        ended = last.until if last is not None and last.until > 0 else passing_time.now()
    _begin(resource_type, resource_id, _Stay(state, then, ended))


def _begin(resource_type: str, resource_id: str, stay: _Stay) -> None:
    with _lock:
        stay.until += _durations.get(resource_type, {}).get(stay.state, 0)
        _stays[resource_type, resource_id] = stay


def current(resource_type: str, resource_id: str, otherwise: str) -> str:
    """The state of a resource; `otherwise` if its life was never begun."""
    with _lock:
        stay = _stays.get((resource_type, resource_id))
    if stay is None:
        return otherwise
    return stay.state if passing_time.now() < stay.until else stay.then


def lasts(resource_type: str, state: str) -> bool:
    """Whether a duration is configured: what never happens by itself can be asked for by one."""
    with _lock:
        return _durations.get(resource_type, {}).get(state, 0) > 0


def configure(durations: dict[str, dict[str, Any]]) -> Durations:
    parsed = {
        resource_type: {state: _seconds(value) for state, value in states.items()}
        for resource_type, states in durations.items()
    }
    with _lock:
        _durations.update(parsed)
    return {}


def release(resource_type: str) -> Durations:
    """Ends the present state of every resource of a type, or of all types with `*`."""
    with _lock:
        for (of_type, _), stay in _stays.items():
            if resource_type in ("*", of_type):
                stay.until = 0
    return {}


def reset() -> None:
    with _lock:
        _stays.clear()
        _durations.clear()
    configure(json.loads(os.environ.get("EMULATOR_LIFECYCLES", "{}")))


def _seconds(value: Any) -> float:
    if value == "held":
        return math.inf
    seconds = float(value)
    if seconds < 0 or math.isnan(seconds):
        raise ValueError(f"not a duration: {value}")
    return seconds
