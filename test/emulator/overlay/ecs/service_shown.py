"""A service as DescribeServices shows it.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html, API_Deployment.html and
API_ServiceCurrentRevisionSummary.html
"""

from __future__ import annotations

from typing import Any

from .rollout import Rollout
from .rollouts import running_of


def shown(service: Any, with_tags: bool) -> dict[str, Any]:
    settings = service.settings
    running = running_of(service)
    answer = {
        "serviceArn": service.arn,
        "serviceName": service.name,
        "clusterArn": service.cluster_arn,
        "status": service.status,
        "desiredCount": service.desired_count,
        "runningCount": running,
        "pendingCount": max(0, min(1, service.desired_count - running)),
        "platformFamily": "Linux",
        "platformVersion": settings.get("platformVersion", "LATEST"),
        "taskDefinition": service.task_definition,
        "deploymentController": {"type": "ECS"},
        "schedulingStrategy": "REPLICA",
        "createdAt": service.created,
        "deploymentConfiguration": settings["deploymentConfiguration"],
        "availabilityZoneRebalancing": settings["availabilityZoneRebalancing"],
        "enableECSManagedTags": settings.get("enableECSManagedTags", False),
        "enableExecuteCommand": settings.get("enableExecuteCommand", False),
        "propagateTags": settings.get("propagateTags", "NONE"),
        "loadBalancers": settings.get("loadBalancers") or [],
        "serviceRegistries": [],
        "placementConstraints": [],
        "placementStrategy": [],
        "events": service.events,
        "deployments": [
            _deployment_shown(service, rollout, is_primary=rollout is service.rollouts[0])
            for rollout in service.rollouts
        ],
        "currentServiceRevisions": [_revision_shown(service, rollout) for rollout in service.rollouts],
        "tags": service.tags if with_tags else [],
    }
    for name in ("networkConfiguration", "healthCheckGracePeriodSeconds"):
        if settings.get(name) is not None:
            answer[name] = settings[name]
    if settings.get("capacityProviderStrategy"):
        answer["capacityProviderStrategy"] = strategy_shown(settings)
    return answer


def strategy_shown(settings: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"weight": 0, "base": 0, **item} for item in settings.get("capacityProviderStrategy") or []]


def _revision_shown(service: Any, rollout: Rollout) -> dict[str, Any]:
    """A rollback is of the revision that was completed last, and not of the one that its deployment was for."""
    desired = _desired_of(service, rollout)
    return {
        "arn": next(arn for arn, revision in service.revisions.items() if revision is rollout.revision),
        "requestedTaskCount": desired,
        "runningTaskCount": rollout.running,
        "pendingTaskCount": max(0, min(1, desired - rollout.running)),
    }


def _desired_of(service: Any, rollout: Rollout) -> int:
    return int(service.desired_count) if rollout is service.rollouts[0] else 0


def _deployment_shown(service: Any, rollout: Rollout, is_primary: bool) -> dict[str, Any]:
    desired = _desired_of(service, rollout)
    return {
        "id": rollout.id,
        "status": "PRIMARY" if is_primary else "ACTIVE",
        "taskDefinition": rollout.revision["taskDefinition"],
        "desiredCount": desired,
        "runningCount": rollout.running,
        "pendingCount": max(0, min(1, desired - rollout.running)),
        "failedTasks": rollout.failed_tasks,
        "createdAt": rollout.created,
        "updatedAt": rollout.created,
        "capacityProviderStrategy": strategy_shown(rollout.revision),
        "platformFamily": "Linux",
        "platformVersion": "1.4.0",
        "networkConfiguration": rollout.revision["networkConfiguration"],
        "rolloutState": rollout.state,
        "rolloutStateReason": rollout.reason or f"ECS deployment {rollout.id} in progress.",
    }
