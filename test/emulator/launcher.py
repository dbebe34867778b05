"""Starts moto with the overlay on 127.0.0.1, says its port, and ends when standard input does.

Whoever started it holds the other end of standard input, so it cannot outlive a parent that was killed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))


def end_with_standard_input() -> None:
    # Not sys.stdin, whose lock a daemon thread must not hold when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    port: int = parser.parse_args().port

    # Ctrl-C reaches the whole process group; the parent decides when the emulator ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    threading.Thread(target=end_with_standard_input, daemon=True).start()

    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    import overlay

    application = overlay.install(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)
    # The port is known before the region's endpoint is: moto puts it into the URLs that it returns.
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()


main()
