"""What of an HTTP/1.1 request has arrived, as the environment of a WSGI application once all of it has.

https://www.rfc-editor.org/rfc/rfc9112. Header names with an underscore are left out, as WSGI servers do, but for
those of an S3 object's metadata, whose spelling moto looks up.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from moto.core.request import (
    PRESERVED_HEADER_NAMES_ENVIRON_KEY,
    environ_key_for_header,
    should_preserve_original_header_name,
)

_LINE = b"\r\n"
_END_OF_HEAD = b"\r\n\r\n"


class BadRequest(Exception):
    pass


@dataclass(frozen=True)
class Head:
    method: str
    target: str
    version: str
    headers: list[tuple[str, str]]
    length: int

    def header(self, wanted: str) -> str:
        return next((value for name, value in self.headers if name.lower() == wanted), "")

    @property
    def is_chunked(self) -> bool:
        return "chunked" in self.header("transfer-encoding").lower()

    @property
    def waits_to_continue(self) -> bool:
        return self.header("expect").lower() == "100-continue"

    @property
    def closes(self) -> bool:
        connection = self.header("connection").lower()
        return "close" in connection or (self.version == "HTTP/1.0" and "keep-alive" not in connection)


def read_head(data: bytes) -> Head | None:
    end = data.find(_END_OF_HEAD)
    if end < 0:
        return None
    first, *lines = data[:end].decode("latin-1").split("\r\n")
    try:
        method, target, version = first.split(" ")
    except ValueError:
        raise BadRequest(f"not a request: {first}") from None
    headers = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    return Head(method, target, version, headers, end + len(_END_OF_HEAD))


def read_body(head: Head, data: bytes) -> tuple[bytes, int] | None:
    """The body, and where in the data it ends; None if more has to come."""
    if head.is_chunked:
        return _dechunked(data, head.length)
    try:
        end = head.length + int(head.header("content-length") or 0)
    except ValueError:
        raise BadRequest("not a Content-Length") from None
    return (bytes(data[head.length : end]), end) if len(data) >= end else None


def _dechunked(data: bytes, start: int) -> tuple[bytes, int] | None:
    chunks: list[bytes] = []
    while (line := data.find(_LINE, start)) >= 0:
        try:
            size = int(data[start:line].split(b";")[0], 16)
        except ValueError:
            raise BadRequest("not the size of a chunk") from None
        if size == 0:
            # With trailers there is an empty line behind them; without, it is the line's own end that begins it.
            end = data.find(_END_OF_HEAD, line)
            return (b"".join(chunks), end + len(_END_OF_HEAD)) if end >= 0 else None
        begin = line + len(_LINE)
        start = begin + size + len(_LINE)
        if len(data) < start:
            return None
        chunks.append(bytes(data[begin : begin + size]))
    return None


def environ_of(head: Head, body: bytes, port: int) -> dict[str, Any]:
    url = urlsplit(head.target)
    # A path may begin with two slashes, which is no host.
    path = url.path if url.scheme or not url.netloc else f"//{url.netloc}{url.path}"
    environ: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": head.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": url.query,
        "REQUEST_URI": head.target,
        "RAW_URI": head.target,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": head.version,
        **_of_headers(head.headers),
    }
    if url.scheme and url.netloc:
        environ["HTTP_HOST"] = url.netloc
    return environ


def _of_headers(headers: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    spelt: dict[str, str] = {}
    # Those with an underscore come last: they do not take the place of one with a dash.
    for name, value in sorted(headers, key=lambda header: "_" in header[0]):
        key = environ_key_for_header(name)
        if "_" in name:
            if not should_preserve_original_header_name(name) or (key in found and key not in spelt):
                continue
            spelt.setdefault(key, name)
        found[key] = f"{found[key]},{value}" if key in found else value
    return {**found, PRESERVED_HEADER_NAMES_ENVIRON_KEY: spelt}
