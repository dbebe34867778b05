"""What there is at a moment, to come back to as often as a test likes.

A process cannot be copied while it serves, so server.py stops for it, and asks this file in between. What goes on
after a checkpoint is a fork; the process itself waits, and forks itself anew for each time that it is come back to.
"""

from __future__ import annotations

import gc
import os
import random
import signal
from collections.abc import Callable

from lifetime import end_with
from moto.moto_api._internal import mock_random

# Where the process that waits at the last checkpoint takes orders.
_waiting: int | None = None
_asked: Callable[[], None] | None = None
_stop_serving: Callable[[], None] = lambda: None


def when_asked(stop_serving: Callable[[], None]) -> None:
    global _stop_serving
    _stop_serving = stop_serving


def ask_for_checkpoint() -> None:
    _ask(_wait_here)


def ask_for_return() -> None:
    if _waiting is None:
        raise ValueError("there is no checkpoint to come back to")
    _ask(_give_way)


def _ask(action: Callable[[], None]) -> None:
    global _asked
    _asked = action
    _stop_serving()


def do_what_was_asked() -> None:
    """To be called while nobody is served; may return in another process."""
    global _asked
    action, _asked = _asked, None
    if action is not None:
        action()


def _wait_here() -> None:
    """Returns in each fork."""
    global _waiting
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while True:
        orders, order = os.pipe()
        life, living = os.pipe()
        if os.fork() == 0:
            os.close(orders)
            os.close(living)
            if _waiting is not None:
                os.close(_waiting)
            _waiting = order
            end_with(life)
            # Or each fork would give the same ids.
            random.seed()
            mock_random.seed()
            return
        os.close(order)
        os.close(life)
        if not os.read(orders, 1):
            os._exit(0)
        os.close(orders)
        os.close(living)


def _give_way() -> None:
    if _waiting is not None:
        os.write(_waiting, b"\n")
    os._exit(0)
