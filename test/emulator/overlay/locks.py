"""One request at a time.

moto serves each request on a thread and has no locks: an iteration meets a write ("dictionary changed size
during iteration"), which is an HTTP 500 after half of the work. Its services call one another, so one lock
is for them all; under Python's own global lock that costs nothing that can be measured. The body is read
before the lock is taken, so that a caller who stalls holds up nobody else.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

Wsgi = Callable[[dict[str, Any], Any], Any]

_lock = threading.RLock()

# ReceiveMessage sleeps inside moto for as long as its long poll takes.
_MAY_WAIT = "/sqs/aws4_request"


def install(application: Wsgi) -> Wsgi:
    def locked(environ: dict[str, Any], start_response: Any) -> Any:
        if _MAY_WAIT in environ.get("HTTP_AUTHORIZATION", ""):
            return application(environ, start_response)
        if "CONTENT_LENGTH" in environ:
            length = int(environ["CONTENT_LENGTH"] or 0)
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        with _lock:
            return application(environ, start_response)

    return locked
