"""How the S3 files of the overlay take over operations on buckets.

moto tells S3 operations apart by hand, and takes a sub-resource that it does not know for the bucket
itself: a GET of it lists the objects, a PUT creates the bucket. Here botocore's model names the operation,
the operations of the overlay come first, and those that nobody has are NotImplemented.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.core.routing import NotFound, get_service_router
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from ..operations import AwsError, Call, Handler, parse

_handlers: dict[str, Handler] = {}

_NOBODY_HAS = (
    "MetadataConfiguration",
    "MetadataTable",
    "InventoryTable",
    "JournalTable",
    "BucketAbac",
    "Session",
)


def operation(*names: str) -> Callable[[Handler], Handler]:
    """Lets a handler take the place of operations on buckets."""

    def register(handler: Handler) -> Handler:
        for name in names:
            _handlers[name] = handler
        return handler

    return register


def bucket_of(call: Call) -> FakeBucket:
    return call.response.backend.get_bucket(call.params["Bucket"])


def settings_of(bucket: FakeBucket) -> dict[str, Any]:
    """What the overlay stores of a bucket: it lives and dies with moto's."""
    return bucket.__dict__.setdefault("overlay", {})


def install() -> None:
    original = S3Response._bucket_response

    def bucket_response(self: S3Response, request: Any, full_url: str) -> Any:
        try:
            model, uri = get_service_router("s3").match(request)
        except (NotFound, NotImplementedError):
            return original(self, request, full_url)
        handler = _handlers.get(model.name)
        if handler is None:
            if any(name in model.name for name in _NOBODY_HAS):
                raise NotImplementedError(f"The {model.name} action has not been implemented")
            return original(self, request, full_url)
        self.uri_match = uri
        _authorize(self, request, full_url)
        call = Call(parse(self, model.name), self, lambda: original(self, request, full_url))
        try:
            result = handler(call)
            if result is not None and not isinstance(result, dict):
                return result
            self.data["Action"] = model.name
            return self.serialized(ActionResult(result))
        except AwsError as error:
            self.data["Action"] = model.name
            _, headers, body = self.serialized(ActionResult(error))
            return error.status, headers, body

    S3Response._bucket_response = bucket_response  # type: ignore[method-assign]


def _authorize(response: S3Response, request: Any, full_url: str) -> None:
    if request.method in ("GET", "PUT", "DELETE") and response.bucket_name:
        response._set_action("BUCKET", request.method, response._get_querystring(request, full_url))
        response._authenticate_and_authorize_s3_action(bucket_name=response.bucket_name)
