"""What there is at a moment, to come back to as often as a test likes.

A process cannot be copied while it serves, so server.py stops for it, and asks this file in between. What goes on
after a checkpoint is a fork; the process itself waits, and forks itself anew for each time that it is come back to.
Each knows the checkpoints before its own, and can come back to the one before the last, which is then forgotten.
"""

from __future__ import annotations

import gc
import os
import random
import signal
import time
from collections.abc import Callable

from lifetime import end_with
from moto.moto_api._internal import mock_random

# Where the processes that wait at checkpoints take orders, that of the last one last.
_waiting: list[int] = []
_asked: Callable[[], None] | None = None
_stop_serving: Callable[[], None] = lambda: None
_stood_still: Callable[[float], None] = lambda _seconds: None


def when_asked(stop_serving: Callable[[], None]) -> None:
    global _stop_serving
    _stop_serving = stop_serving


def when_come_back_to(stood_still: Callable[[float], None]) -> None:
    """Is told how many seconds have passed since the checkpoint, where it is still the same moment."""
    global _stood_still
    _stood_still = stood_still


def ask_for_checkpoint() -> None:
    _ask(_wait_here)


def ask_for_return() -> None:
    _ask_for_return(1)


def ask_for_return_to_earlier() -> None:
    _ask_for_return(2)


def _ask_for_return(number_from_last: int) -> None:
    if len(_waiting) < number_from_last:
        raise ValueError("there is no checkpoint to come back to")
    _ask(lambda: _give_way(_waiting[-number_from_last]))


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
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    moment = time.monotonic()
    while True:
        orders, order = os.pipe()
        life, living = os.pipe()
        if os.fork() == 0:
            os.close(orders)
            os.close(living)
            _waiting.append(order)
            end_with(life)
            _stood_still(time.monotonic() - moment)
            # Or each fork would give the same ids.
            random.seed()
            mock_random.seed()
            return
        os.close(order)
        os.close(life)
        # Nobody is left who could come back to this checkpoint.
        if not os.read(orders, 1):
            os._exit(0)
        os.close(orders)
        os.close(living)


def _give_way(order: int) -> None:
    os.write(order, b"\n")
    os._exit(0)
