"""Operations of ECS, before which what has happened meanwhile happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ecs.responses import EC2ContainerServiceResponse

from ..operations import Call, Handler, operation
from .rollouts import settle


def ecs(*names: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        def up_to_date(call: Call) -> Any:
            for service in call.response.ecs_backend.services.values():
                settle(service)
            return handler(call)

        operation(EC2ContainerServiceResponse, *names)(up_to_date)
        return handler

    return register
