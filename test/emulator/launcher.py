"""Starts moto with the overlay on 127.0.0.1, says its port, and ends when its standard input does.

Whoever started it holds the other end of standard input, so it cannot outlive a parent that was killed. As a
template (see template.py) it does that once for each connection, which then takes the place of standard input:

{"port": 0, "logFile": "/tmp/1.log", "environment": {"EMULATOR_STALENESS": "{}"}}  is answered with
{"port": 40001, "pid": 4711}
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import signal
import socket
import sys
from pathlib import Path
from typing import Any

# What is compiled is kept, whatever the person's shell says: the overlay would be compiled at each start.
sys.dont_write_bytecode = False
sys.path.insert(0, str(Path(__file__).parent))

from lifetime import end_with  # noqa: E402


def load() -> Any:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    import overlay  # noqa: F401

    def create_app(service: Any) -> Any:
        app = create_backend_app(service)
        # Flask's debugging looks at every form twice. What fails is still ours to answer (overlay/errors.py).
        app.debug = False
        app.config["PROPAGATE_EXCEPTIONS"] = True
        return app

    return DomainDispatcherApplication(create_app)


def listen(port: int) -> tuple[socket.socket, int]:
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    actual: int = listener.getsockname()[1]
    # The port is known before the region's endpoint is: moto puts it into the URLs that it returns.
    os.environ["MOTO_PORT"] = str(actual)
    return listener, actual


def serve(dispatcher: Any, listener: socket.socket) -> None:
    import overlay
    import server

    # What has been loaded stays: the search for garbage need not look at it again and again.
    gc.collect()
    gc.freeze()
    server.serve(overlay.install(dispatcher), listener)


def run_alone(port: int) -> None:
    end_with(0)
    dispatcher = load()
    listener, actual = listen(port)
    print(f"listening on {actual}", flush=True)
    serve(dispatcher, listener)


def run_as_template(path: str) -> None:
    import template

    dispatcher = load()
    template.warm_up(dispatcher)
    gc.collect()
    gc.freeze()
    connection = template.fork_for_each(path)
    random.seed()
    lines = connection.makefile("rw", encoding="utf-8")
    order = json.loads(lines.readline())
    log = os.open(order["logFile"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(order["environment"])
    end_with(connection.fileno())
    listener, actual = listen(order["port"])
    lines.write(json.dumps({"port": actual, "pid": os.getpid()}) + "\n")
    lines.flush()
    serve(dispatcher, listener)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--template", help="the path of the socket that orders come by")
    arguments = parser.parse_args()

    # Ctrl-C reaches the whole process group; the parent decides when the emulator ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if arguments.template is None:
        run_alone(arguments.port)
    else:
        run_as_template(arguments.template)


main()
