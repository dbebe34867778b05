"""The emulator's own HTTP interface, next to moto's under /moto-api/.

GET  /moto-api/health              answers when the emulator takes requests
POST /moto-api/lifecycle           {"ec2/nat-gateway": {"pending": 2, "deleting": "held"}}, see lifecycle.py
POST /moto-api/lifecycle/release   {"resourceType": "ec2/nat-gateway"}, or "*"
POST /moto-api/staleness           {"tagging": 5}, see staleness.py
POST /moto-api/elapse              {"seconds": 20}: for life cycles and staleness, see passing_time.py
POST /moto-api/rds/reveal          {"kind": "cluster", "identifier": "ledger"}: its password, see rds/passwords.py
POST /moto-api/elasticache/reveal  {"name": "cache"}: the tokens it accepts, see elasticache/auth_tokens.py
POST /moto-api/checkpoint          remembers what there is
POST /moto-api/checkpoint/return   makes it be as it was at the last checkpoint, see checkpoints.py
POST /moto-api/checkpoint/return-to-earlier  the same for the one before, and forgets the last
POST /moto-api/reset               moto's own, which also puts life cycles and staleness back to their start
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import checkpoints

from . import lifecycle, passing_time, staleness
from .elasticache import auth_tokens
from .rds import passwords

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
        # A caller that goes on with this connection could meet the end of it, at a checkpoint.
        length = ("Content-Length", str(len(payload)))
        start_response(status, [("Content-Type", "application/json"), length, ("Connection", "close")])
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
    ("POST", "/moto-api/elapse"): lambda body: passing_time.elapse(float(body["seconds"])),
    ("POST", "/moto-api/checkpoint"): lambda _: checkpoints.ask_for_checkpoint(),
    ("POST", "/moto-api/checkpoint/return"): lambda _: checkpoints.ask_for_return(),
    ("POST", "/moto-api/checkpoint/return-to-earlier"): lambda _: checkpoints.ask_for_return_to_earlier(),
    ("POST", "/moto-api/rds/reveal"): lambda body: passwords.reveal(body["kind"], body["identifier"]),
    ("POST", "/moto-api/elasticache/reveal"): lambda body: auth_tokens.reveal(body["name"]),
}
