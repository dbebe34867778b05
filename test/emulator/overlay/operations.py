"""How overlay files replace, wrap or add an operation of a moto service.

A handler gets a Call and returns what AWS answers, as the dict that botocore's model of the operation
describes, or `call.original()`, which is moto's own answer. It raises AwsError to refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.utilities.utils import get_partition


class AwsError(ServiceException):
    """An error answer. The status matters where botocore's model of the service does not name the error."""

    def __init__(self, code: str, message: str, status: int = 400):
        super().__init__(code, message)
        self.status = status


@dataclass(frozen=True)
class Call:
    params: dict[str, Any]
    response: Any
    original: Callable[[], Any]

    @property
    def account(self) -> str:
        return self.response.current_account

    @property
    def region(self) -> str:
        return self.response.region

    @property
    def partition(self) -> str:
        return get_partition(self.region)


Handler = Callable[[Call], Any]


def operation(response_class: type[BaseResponse], *names: str) -> Callable[[Handler], Handler]:
    """Lets a handler take the place of operations of a service that speaks JSON or the query protocol."""

    def register(handler: Handler) -> Handler:
        for name in names:
            method_name = camelcase_to_underscores(name)
            setattr(
                response_class,
                method_name,
                _method(name, handler, getattr(response_class, method_name, None)),
            )
        return handler

    return register


def _method(name: str, handler: Handler, original: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def method(response: Any) -> Any:
        def call_original() -> Any:
            if original is None:
                raise NotImplementedError(f"The {name} action has not been implemented")
            return original(response)

        result = handler(Call(parse(response, name), response, call_original))
        return ActionResult(result) if result is None or isinstance(result, dict) else result

    return method


def parse(response: BaseResponse, name: str) -> dict[str, Any]:
    """The parameters of a request, by botocore's model of its operation."""
    request = response.normalized_request
    service = get_service_model(response.boto3_service_name)
    protocol = determine_request_protocol(service, request.content_type)
    parser = PROTOCOL_PARSERS[protocol](service.operation_model(name), map_type=dict)
    return parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": response.raw_body,
            "url_path": request.path,
            "url_params": response.uri_match,
        }
    )
