"""What AWS keeps of the deployments of a service, which moto lacks.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html and
API_DescribeServiceRevisions.html: each deployment with what became of it, and what it was a deployment of.
"""

from __future__ import annotations

from typing import Any

from ..operations import Call
from .refusals import invalid
from .service_shown import strategy_shown
from .services import service_of
from .states import ecs


@ecs("ListServiceDeployments")
def list_all(call: Call) -> Any:
    service = service_of(call)
    wanted = call.params.get("status", [])
    start, size = int(call.params.get("nextToken", 0)), call.params.get("maxResults", 100)
    found = [
        {
            "serviceDeploymentArn": each.arn,
            "serviceArn": service.arn,
            "clusterArn": service.cluster_arn,
            "targetServiceRevisionArn": each.revision_arn,
            "status": each.status,
            "createdAt": each.created,
            "startedAt": each.created,
            **({"statusReason": each.reason} if each.reason else {}),
            **({"finishedAt": each.finished} if each.finished else {}),
        }
        for each in service.history
        if not wanted or each.status in wanted
    ]
    answer: dict[str, Any] = {"serviceDeployments": found[start : start + size]}
    if len(found) > start + size:
        answer["nextToken"] = str(start + size)
    return answer


@ecs("DescribeServiceRevisions")
def describe_revisions(call: Call) -> Any:
    arns = call.params["serviceRevisionArns"]
    if len(arns) > 20:
        raise invalid("There can be 20 service revision ARNs.")
    services = call.response.ecs_backend.services.values()
    known = {arn: (service, revision) for service in services for arn, revision in service.revisions.items()}
    return {
        "serviceRevisions": [_shown(arn, *known[arn]) for arn in arns if arn in known],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in arns if arn not in known],
    }


def _shown(arn: str, service: Any, revision: dict[str, Any]) -> dict[str, Any]:
    return {
        "serviceRevisionArn": arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "taskDefinition": revision["taskDefinition"],
        "capacityProviderStrategy": strategy_shown(revision),
        "platformVersion": "1.4.0",
        "loadBalancers": revision["loadBalancers"] or [],
        "networkConfiguration": revision["networkConfiguration"],
    }
