"""Deployments that take their time, move tasks one by one, and can fail.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html: tasks of the new revision start
and take the place of those before. Durations: lifecycle "ecs/service" with "starting" (each task, one after the
other) and "stopping" (all that are too many at once). moto starts none, or all without a deployment.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html: with a duration for
"failing" the tasks of every deployment that begins fail; after that time the circuit breaker gives it up, and goes
back to what was completed last. Without the circuit breaker it goes on failing.
"""

from __future__ import annotations

from typing import Any

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.moto_api._internal import mock_random

from .. import lifecycle
from ..ec2.interfaces_of_aws import make_interface
from .rollout import REVISED, Rollout, new_deployment

LIFECYCLE = "ecs/service"


def tell(service: Any, message: str) -> None:
    """An event of the service: the newest is first, and there are at most 100."""
    event = {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": f"(service {service.name}) {message}"}
    service.events = [event, *service.events][:100]


def running_of(service: Any) -> int:
    return sum(rollout.running for rollout in service.rollouts)


def deploy(service: Any) -> None:
    """Begins a deployment of the service as it is set now."""
    last = service.history[0] if service.history else None
    if last is not None and last.finished is None:
        last.finish("STOPPED", "Stopped in favor of a newer deployment.")
    deployment = new_deployment(service)
    service.history.insert(0, deployment)
    revision = {name: service.settings.get(name) for name in REVISED}
    service.revisions[deployment.revision_arn] = revision
    _begin(service, Rollout(revision, deployment, lifecycle.lasts(LIFECYCLE, "failing")))


def _begin(service: Any, rollout: Rollout) -> None:
    service.rollouts.insert(0, rollout)
    if rollout.fails:
        lifecycle.begin(LIFECYCLE, rollout.id, "failing", then="over")
    else:
        begin_start(service)


def begin_start(service: Any) -> None:
    lifecycle.begin(LIFECYCLE, _start_of(service.rollouts[0]), "starting", then="over")


def _start_of(rollout: Rollout) -> str:
    return f"{rollout.id} start"


def begin_stop(service: Any) -> None:
    lifecycle.begin(LIFECYCLE, f"{service.arn} stop", "stopping", then="over")


def settle(service: Any) -> None:
    """Lets happen what has happened meanwhile."""
    if service.status == "INACTIVE":
        return
    primary = service.rollouts[0]
    if primary.fails and service.desired_count > 0:
        if primary.state == "IN_PROGRESS" and lifecycle.current(LIFECYCLE, primary.id, "over") == "over":
            _give_up(service, primary)
        if service.rollouts[0] is primary:
            return
        primary = service.rollouts[0]
    _start_tasks(service, primary)
    _stop_tasks(service)
    if service.status == "DRAINING":
        if running_of(service) == 0:
            service.status = "INACTIVE"
    elif primary.state == "IN_PROGRESS" and primary.running == service.desired_count == running_of(service):
        _complete(service, primary)


def _start_tasks(service: Any, primary: Rollout) -> None:
    waiting = _start_of(primary)
    while primary.running < service.desired_count and lifecycle.current(LIFECYCLE, waiting, "over") == "over":
        primary.running += 1
        _make_interface(service, primary)
        tell(service, "has started 1 tasks.")
        _remove(service.rollouts[1:], running_of(service) - service.desired_count)
        if primary.running < service.desired_count:
            lifecycle.begin_next(LIFECYCLE, waiting, "starting", then="over")


def _stop_tasks(service: Any) -> None:
    surplus = running_of(service) - service.desired_count
    if surplus > 0 and lifecycle.current(LIFECYCLE, f"{service.arn} stop", "over") == "over":
        _remove([*service.rollouts[1:], service.rollouts[0]], surplus)
        tell(service, f"has stopped {surplus} running tasks.")


def _remove(rollouts: list[Rollout], count: int) -> None:
    for rollout in rollouts:
        removed = min(rollout.running, max(0, count))
        rollout.running -= removed
        count -= removed


def _complete(service: Any, primary: Rollout) -> None:
    primary.state = "COMPLETED"
    primary.reason = f"ECS deployment {primary.id} completed."
    is_rollback = primary.deployment.status == "ROLLBACK_IN_PROGRESS"
    primary.deployment.finish("ROLLBACK_SUCCESSFUL" if is_rollback else "SUCCESSFUL")
    service.completed = primary.revision
    service.rollouts = [primary]
    tell(service, f"(deployment {primary.id}) deployment completed.")
    tell(service, "has reached a steady state.")


def _give_up(service: Any, primary: Rollout) -> None:
    breaker = service.settings["deploymentConfiguration"].get("deploymentCircuitBreaker", {})
    if not breaker.get("enable"):
        return
    primary.state = "FAILED"
    primary.reason = "ECS deployment circuit breaker: tasks failed to start."
    tell(service, f"(deployment {primary.id}) deployment failed: tasks failed to start.")
    if not breaker.get("rollback"):
        primary.deployment.finish("STOPPED", primary.reason)
    elif service.completed is None:
        primary.deployment.finish("ROLLBACK_FAILED", f"{primary.reason} There is no deployment to roll back to.")
    else:
        _roll_back(service, primary)


def _roll_back(service: Any, failed: Rollout) -> None:
    failed.deployment.status = "ROLLBACK_IN_PROGRESS"
    failed.deployment.reason = failed.reason
    service.settings.update(service.completed)
    service.task_definition = service.completed["taskDefinition"]
    rollback = Rollout(service.completed, failed.deployment)
    rollback.reason = f"ECS deployment circuit breaker: rolling back to deploymentId {rollback.id}."
    tell(service, f"rolling back to deployment {rollback.id}.")
    _begin(service, rollback)


def _make_interface(service: Any, rollout: Rollout) -> None:
    """Every task has one: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html"""
    network = (rollout.revision["networkConfiguration"] or {}).get("awsvpcConfiguration")
    if network is None:
        return
    number = rollout.running
    ec2 = ec2_backends[service._account_id][service.region_name]

    def is_gone() -> bool:
        settle(service)
        return service.status == "INACTIVE" or rollout.running < number

    make_interface(
        ec2,
        network["subnets"][(number - 1) % len(network["subnets"])],
        "interface",
        f"{service.arn.split(':service/')[0]}:attachment/{mock_random.uuid4()}",
        owner_is_gone=is_gone,
        group_ids=network.get("securityGroups", []),
        requester_id="578734482556",
    )
