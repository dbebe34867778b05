"""Buckets in the host name.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
SDKs put the bucket into the host unless the endpoint is an IP address: `ledger.localhost:5000`. moto knows
that of amazonaws.com only. Here it becomes the first part of the path, which means the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Wsgi = Callable[[dict[str, Any], Any], Any]

_BUCKET_IN_HOST = re.compile(r"^(?P<bucket>[a-z0-9][a-z0-9.-]+)\.(?P<host>localhost(:\d+)?)$")


def install(application: Wsgi) -> Wsgi:
    def by_path(environ: dict[str, Any], start_response: Any) -> Any:
        match = _BUCKET_IN_HOST.match(environ.get("HTTP_HOST", ""))
        if match and "/s3/aws4_request" in environ.get("HTTP_AUTHORIZATION", "/s3/aws4_request"):
            environ["HTTP_HOST"] = match["host"]
            for name in ("PATH_INFO", "RAW_URI", "REQUEST_URI"):
                if name in environ:
                    environ[name] = f"/{match['bucket']}{environ[name]}"
        return application(environ, start_response)

    return by_path
