"""Clusters.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html: of a name that is there the same
request answers with the cluster, and another one is refused; moto makes it anew. Fargate's capacity providers are
AWS's own, and a strategy has only those of the cluster.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html: settings and tags are shown
on request, 100 clusters at most; the counts are those of services and tasks.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html: not with services or tasks in it.
What is deleted stays INACTIVE.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html: one that is used by
tasks stays.
"""

from __future__ import annotations

from typing import Any

from .. import staleness
from ..operations import AwsError, Call
from .refusals import cluster_not_found, invalid
from .rollouts import running_of
from .states import ecs

_FARGATE = {"FARGATE", "FARGATE_SPOT"}


def cluster_of(call: Call) -> Any:
    """The cluster that a request names, if it is active."""
    name = call.params.get("cluster", "default").split("/")[-1]
    cluster = call.response.ecs_backend.clusters.get(name)
    if cluster is None or cluster.status == "INACTIVE":
        raise cluster_not_found()
    return cluster


def services_in(call: Call, cluster: Any) -> list[Any]:
    every = call.response.ecs_backend.services.values()
    return [service for service in every if service.cluster_name == cluster.name and service.status != "INACTIVE"]


def check_strategy(strategy: list[dict[str, Any]], providers: list[str] | None) -> None:
    for item in strategy:
        if item["capacityProvider"] not in (providers or []):
            raise invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not "
                f"associated with the cluster: {item['capacityProvider']}."
            )
    if sum(1 for item in strategy if item.get("base", 0) > 0) > 1:
        raise invalid("Only one capacity provider in a strategy can have a base.")
    if strategy and all(item.get("weight", 0) == 0 for item in strategy):
        raise invalid("At least one capacity provider in a strategy needs a weight above 0.")


def _check_capacity(params: dict[str, Any]) -> None:
    providers = params.get("capacityProviders", [])
    unknown = set(providers) - _FARGATE
    if unknown:
        raise invalid(f"The specified capacity provider {sorted(unknown)[0]} was not found.")
    check_strategy(params.get("defaultCapacityProviderStrategy", []), providers)


@ecs("CreateCluster")
def create(call: Call) -> Any:
    params = call.params
    existing = call.response.ecs_backend.clusters.get(params.get("clusterName", "default"))
    if existing is not None and existing.status != "INACTIVE":
        if existing.request != params:
            raise invalid(
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s)."
            )
        return {"cluster": shown(call, existing)}
    _check_capacity(params)
    call.original()
    cluster = call.response.ecs_backend.clusters[params.get("clusterName", "default")]
    cluster.request = params
    staleness.written(cluster.arn)
    return {"cluster": shown(call, cluster, {"SETTINGS", "TAGS"})}


@ecs("DescribeClusters")
def describe(call: Call) -> Any:
    names = call.params.get("clusters", ["default"])
    if len(names) > 100:
        raise invalid("Clusters cannot have more than 100 elements.")
    known = call.response.ecs_backend.clusters
    include = set(call.params.get("include", []))
    found = [known[name.split("/")[-1]] for name in names if name.split("/")[-1] in known]
    missing = [name for name in names if name.split("/")[-1] not in known]
    return {
        "clusters": [shown(call, cluster, include) for cluster in found],
        "failures": [{"arn": _arn(call, name), "reason": "MISSING"} for name in missing],
    }


def _arn(call: Call, name: str) -> str:
    return f"arn:{call.partition}:ecs:{call.region}:{call.account}:cluster/{name.split('/')[-1]}"


def shown(call: Call, cluster: Any, include: set[str] | None = None) -> dict[str, Any]:
    services = services_in(call, cluster)
    answer = {
        "clusterArn": cluster.arn,
        "clusterName": cluster.name,
        "status": cluster.status,
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": sum(running_of(service) for service in services),
        "pendingTasksCount": 0,
        "activeServicesCount": sum(1 for service in services if service.status == "ACTIVE"),
        "capacityProviders": cluster.capacity_providers or [],
        "defaultCapacityProviderStrategy": [
            {"weight": 0, "base": 0, **item} for item in cluster.default_capacity_provider_strategy or []
        ],
        "settings": [],
        "tags": [],
    }
    if "SETTINGS" in (include or ()):
        answer["settings"] = cluster.settings
    if "TAGS" in (include or ()):
        answer["tags"] = cluster.tags or []
    return answer


@ecs("UpdateCluster", "UpdateClusterSettings")
def update(call: Call) -> Any:
    cluster = cluster_of(call)
    cluster.settings = call.params.get("settings", cluster.settings)
    return {"cluster": shown(call, cluster, {"SETTINGS", "TAGS"})}


@ecs("PutClusterCapacityProviders")
def put_capacity_providers(call: Call) -> Any:
    cluster = cluster_of(call)
    _check_capacity(call.params)
    used = {
        item["capacityProvider"]
        for service in services_in(call, cluster)
        for item in service.settings.get("capacityProviderStrategy") or []
    }
    missing = used - set(call.params["capacityProviders"])
    if missing:
        raise AwsError(
            "ResourceInUseException",
            f"The capacity provider {sorted(missing)[0]} is in use and cannot be removed.",
        )
    cluster.capacity_providers = call.params["capacityProviders"]
    cluster.default_capacity_provider_strategy = call.params["defaultCapacityProviderStrategy"]
    return {"cluster": shown(call, cluster, {"SETTINGS", "TAGS"})}


@ecs("DeleteCluster")
def delete(call: Call) -> Any:
    cluster = cluster_of(call)
    services = services_in(call, cluster)
    if any(service.status == "ACTIVE" for service in services):
        raise AwsError(
            "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active.",
        )
    if services:
        raise AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
    cluster.status = "INACTIVE"
    return {"cluster": shown(call, cluster)}
