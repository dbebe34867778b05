"""Errors that an AWS SDK can read, where moto answers with an HTML page.

An operation that moto lacks: 501 NotImplemented, which SDKs do not retry. A defect of moto or of the
overlay: 500 InternalFailure, with the stack in the log. An unknown service: 501.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

Wsgi = Callable[[dict[str, Any], Any], Any]


def install(application: Wsgi) -> Wsgi:
    def readable(environ: dict[str, Any], start_response: Any) -> Any:
        try:
            return application(environ, start_response)
        except NotImplementedError as error:
            message = str(error) or "The operation is not implemented by the emulator."
            return _answer(environ, start_response, "501 Not Implemented", "NotImplemented", message)
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            message = f"{type(error).__name__}: {error}"
            return _answer(environ, start_response, "500 Internal Server Error", "InternalFailure", message)

    return readable


def _answer(
    environ: dict[str, Any], start_response: Any, status: str, code: str, message: str
) -> list[bytes]:
    signed = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    service = signed.group(1) if signed else "s3"
    form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    error = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    kind = "application/xml"
    if service == "s3":
        body = f"<Error>{error}<RequestId>0</RequestId></Error>"
    elif service == "ec2":
        body = f"<Response><Errors><Error>{error}</Error></Errors><RequestID>0</RequestID></Response>"
    elif form:
        typed = f"<Type>Sender</Type>{error}"
        body = f"<ErrorResponse><Error>{typed}</Error><RequestId>0</RequestId></ErrorResponse>"
    else:
        kind, body = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message})
    payload = b"" if environ["REQUEST_METHOD"] == "HEAD" else body.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(payload))), ("x-amzn-errortype", code)]
    start_response(status, headers)
    return [payload]
