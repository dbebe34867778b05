"""HTTP/1.1 for moto on 127.0.0.1, one request at a time, over connections that stay open.

moto has no locks: where two of its requests meet, an iteration meets a write ("dictionary changed size during
iteration"), which is an HTTP 500 after half of the work. Its services call one another, so that what is one at a
time is all of them. Python runs one thread at a time anyway; threads, and a connection for each request, would
only double what a request costs. A request is read as it arrives, so that a caller who stalls holds up nobody.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import checkpoints
from http_request import BadRequest, Head, environ_of, read_body, read_head

Wsgi = Callable[[dict[str, Any], Any], Any]

# ReceiveMessage sleeps inside moto for as long as its long poll takes: SQS is served on threads.
_MAY_WAIT = "/sqs/aws4_request"


def serve(application: Wsgi, listener: socket.socket) -> None:
    """Until the process ends. Meanwhile, who connects waits while the process is copied."""
    while True:
        asyncio.run(_serve_until_asked(application, listener))
        checkpoints.do_what_was_asked()


async def _serve_until_asked(application: Wsgi, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    port: int = listener.getsockname()[1]
    asked = asyncio.Event()
    checkpoints.when_asked(asked.set)
    connections: set[_Connection] = set()
    # It is closed with the server.
    copy = listener.dup()
    server = await loop.create_server(lambda: _Connection(application, port, connections), sock=copy)
    await asked.wait()
    server.close()
    for connection in list(connections):
        connection.close()
    while connections:
        await asyncio.sleep(0)


class _Connection(asyncio.Protocol):
    def __init__(self, application: Wsgi, port: int, connections: set[_Connection]):
        self._application = application
        self._port = port
        self._connections = connections
        self._arrived = bytearray()
        self._head: Head | None = None
        self._is_waiting = False
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._connections.discard(self)

    def close(self) -> None:
        """When everything that was answered is sent."""
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._arrived += data
        self._serve_what_arrived()

    def _serve_what_arrived(self) -> None:
        try:
            while not self._is_waiting and not self._transport.is_closing():
                request = self._next_request()
                if request is None:
                    return
                self._serve(*request)
        except BadRequest as error:
            self._transport.write(_message("400 Bad Request", [("Connection", "close")], f"{error}\n".encode()))
            self._transport.close()

    def _next_request(self) -> tuple[Head, bytes] | None:
        if self._head is None:
            self._head = read_head(self._arrived)
            if self._head is None:
                return None
            if self._head.waits_to_continue:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        found = read_body(self._head, self._arrived)
        if found is None:
            return None
        head, (body, end) = self._head, found
        self._head = None
        del self._arrived[:end]
        return head, body

    def _serve(self, head: Head, body: bytes) -> None:
        environ = environ_of(head, body, self._port)
        if _MAY_WAIT not in environ.get("HTTP_AUTHORIZATION", ""):
            self._send(head, _answer(self._application, environ))
            return
        self._is_waiting = True
        answer = asyncio.get_running_loop().run_in_executor(None, _answer, self._application, environ)
        answer.add_done_callback(lambda done: self._send_late(head, done.result()))

    def _send_late(self, head: Head, answer: bytes) -> None:
        self._is_waiting = False
        self._send(head, answer)
        self._serve_what_arrived()

    def _send(self, head: Head, answer: bytes) -> None:
        self._transport.write(answer)
        if head.closes:
            self._transport.close()


def _answer(application: Wsgi, environ: dict[str, Any]) -> bytes:
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        begun[:] = status, headers

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    status, headers = begun
    sys.stderr.write(
        f"{time.strftime('%H:%M:%S')} {environ['REQUEST_METHOD']} {environ['REQUEST_URI']} {status}\n"
    )
    return _message(status, headers, body, is_head=environ["REQUEST_METHOD"] == "HEAD")


def _message(status: str, headers: list[tuple[str, str]], body: bytes, is_head: bool = False) -> bytes:
    names = {name.lower() for name, _ in headers}
    added: list[tuple[str, str]] = []
    if "date" not in names:
        added.append(("Date", formatdate(usegmt=True)))
    has_body = not status.startswith(("1", "204", "304"))
    if "content-length" not in names and has_body:
        added.append(("Content-Length", str(len(body))))
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in (*headers, *added)), "", ""]
    head = "\r\n".join(lines).encode("latin-1")
    return head if is_head or not has_body else head + body
