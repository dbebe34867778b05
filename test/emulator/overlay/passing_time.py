"""The time by which states of life cycles end and lists stop lagging behind.

It is that of the clock, and what tests let pass of it: they need not wait. At a checkpoint it stands still.
"""

from __future__ import annotations

import math
import threading
import time

import checkpoints

_lock = threading.Lock()
_skipped = 0.0


def now() -> float:
    return time.monotonic() + _skipped


def elapse(seconds: float) -> dict[str, float]:
    """Lets so much time have passed at once."""
    global _skipped
    if not 0 <= seconds < math.inf:
        raise ValueError(f"not a time that can pass: {seconds}")
    with _lock:
        _skipped += seconds
    return {}


def _stand_still(seconds: float) -> None:
    global _skipped
    with _lock:
        _skipped -= seconds


checkpoints.when_come_back_to(_stand_still)
