"""What one deployment of a service brings about, and what AWS keeps of it.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html: a deployment is of a revision
of the service, which has everything that a rollback goes back from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

REVISED = ("taskDefinition", "networkConfiguration", "loadBalancers", "capacityProviderStrategy", "platformVersion")


def _number() -> str:
    return str(mock_random.randint(10**18, 10**19))


@dataclass
class ServiceDeployment:
    """As ListServiceDeployments shows it; a rollback belongs to the deployment that failed."""

    arn: str
    revision_arn: str
    status: str = "IN_PROGRESS"
    reason: str | None = None
    created: datetime = field(default_factory=utcnow)
    finished: datetime | None = None

    def finish(self, status: str, reason: str | None = None) -> None:
        self.status, self.finished = status, utcnow()
        self.reason = reason or self.reason


@dataclass
class Rollout:
    """As DescribeServices shows it; the newest is the primary one."""

    revision: dict[str, Any]
    deployment: ServiceDeployment
    fails: bool = False
    id: str = field(default_factory=lambda: f"ecs-svc/{_number()}")
    running: int = 0
    state: str = "IN_PROGRESS"
    reason: str = ""
    created: datetime = field(default_factory=utcnow)

    @property
    def failed_tasks(self) -> int:
        return 3 if self.fails else 0


def new_deployment(service: Any) -> ServiceDeployment:
    place = service.arn.split(":service/")
    return ServiceDeployment(
        arn=f"{place[0]}:service-deployment/{place[1]}/{_number()}",
        revision_arn=f"{place[0]}:service-revision/{place[1]}/{_number()}",
    )
