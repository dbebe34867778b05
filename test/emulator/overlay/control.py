"""The emulator's own HTTP interface, next to moto's under /moto-api/.

GET  /moto-api/health              answers when the emulator takes requests
POST /moto-api/lifecycle           {"ec2/nat-gateway": {"pending": 2, "deleting": "held"}}, see lifecycle.py
POST /moto-api/lifecycle/release   {"resourceType": "ec2/nat-gateway"}, or "*"
POST /moto-api/staleness           {"tagging": 5}, see staleness.py
POST /moto-api/reset               moto's own, which also puts the two above back to their start
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import lifecycle, staleness

Wsgi = Callable[[dict[str, Any], Any], Any]


def install(application: Wsgi) -> Wsgi:
    def controlled(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            lifecycle.reset()
            staleness.reset()
        answer = _ROUTES.get((environ["REQUEST_METHOD"], path))
        if answer is None:
            return application(environ, start_response)
        try:
            status, body = "200 OK", answer(_json_body(environ))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            status, body = "400 Bad Request", {"message": str(error)}
        payload = json.dumps(body).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(payload)))])
        return [payload]

    return controlled


def _json_body(environ: dict[str, Any]) -> Any:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return json.loads(environ["wsgi.input"].read(length)) if length else {}


_ROUTES: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("GET", "/moto-api/health"): lambda _: {"status": "ok"},
    ("POST", "/moto-api/lifecycle"): lambda body: lifecycle.configure(body),
    ("POST", "/moto-api/lifecycle/release"): lambda body: lifecycle.release(body["resourceType"]),
    ("POST", "/moto-api/staleness"): lambda body: staleness.configure(body),
}
