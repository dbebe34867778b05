"""Services.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html: everything that is given is kept,
where moto drops the capacity provider strategy, the deployment configuration and more; a name is unique in its
cluster until the service is INACTIVE.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html: which parameters start a deployment.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html: not while it is scaled above 0,
unless forced; with tasks that run it is DRAINING until they are gone, and INACTIVE then.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html: 10 at most, tags on request.
"""

from __future__ import annotations

from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import Service

from .. import staleness
from ..operations import AwsError, Call
from .clusters import cluster_of
from .refusals import invalid, service_not_found
from .rollout import REVISED
from .rollouts import begin_start, begin_stop, deploy, running_of, settle
from .service_checks import check_settings
from .service_shown import shown
from .states import ecs
from .task_definitions import definition_of

_KEPT = (
    *REVISED,
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "propagateTags",
)


def service_of(call: Call) -> Any:
    cluster = cluster_of(call)
    name = call.params["service"].split("/")[-1]
    service = call.response.ecs_backend.services.get(f"{cluster.name}:{name}")
    if service is None:
        raise service_not_found()
    return service


@ecs("CreateService")
def create(call: Call) -> Any:
    params = call.params
    cluster = cluster_of(call)
    services = call.response.ecs_backend.services
    key = f"{cluster.name}:{params['serviceName']}"
    existing = services.get(key)
    if existing is not None and existing.status == "ACTIVE":
        raise invalid("Creation of service was not idempotent.")
    if existing is not None and existing.status == "DRAINING":
        raise invalid("Unable to Start a service that is still Draining.")
    settings = {name: params[name] for name in _KEPT if name in params}
    settings.setdefault("availabilityZoneRebalancing", "ENABLED")
    settings["deploymentConfiguration"] = _with_defaults(settings.get("deploymentConfiguration", {}))
    check_settings(call, cluster, settings)
    settings["taskDefinition"] = definition_of(call, settings["taskDefinition"]).arn
    service: Any = Service(
        cluster=cluster,
        service_name=params["serviceName"],
        desired_count=params.get("desiredCount", 0),
        backend=call.response.ecs_backend,
        load_balancers=settings.get("loadBalancers"),
        tags=params.get("tags"),
    )
    service.task_definition = settings["taskDefinition"]
    service.settings, service.created = settings, utcnow()
    service.rollouts, service.history, service.revisions, service.completed = [], [], {}, None
    services[key] = service
    staleness.written(service.arn)
    deploy(service)
    settle(service)
    return {"service": shown(service, with_tags=True)}


def _with_defaults(configuration: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "strategy": "ROLLING",
    }
    return {**defaults, **configuration}


@ecs("UpdateService")
def update(call: Call) -> Any:
    params = call.params
    service = service_of(call)
    if service.status != "ACTIVE":
        raise AwsError("ServiceNotActiveException", "Service was not ACTIVE.")
    given = {name: params[name] for name in _KEPT if name in params}
    if "deploymentConfiguration" in given:
        before = service.settings["deploymentConfiguration"]
        given["deploymentConfiguration"] = {**before, **given["deploymentConfiguration"]}
    settings = {**service.settings, **given}
    check_settings(call, cluster_of(call), settings)
    settings["taskDefinition"] = definition_of(call, settings["taskDefinition"]).arn
    # A change of the strategy alone holds for new tasks only.
    deploying = [name for name in REVISED if name != "capacityProviderStrategy"]
    is_deployed = any(settings.get(name) != service.settings.get(name) for name in deploying)
    service.settings, service.task_definition = settings, settings["taskDefinition"]
    if "desiredCount" in params:
        _scale(service, params["desiredCount"])
    if is_deployed or params.get("forceNewDeployment"):
        deploy(service)
    settle(service)
    return {"service": shown(service, with_tags=True)}


def _scale(service: Any, desired: int) -> None:
    before, service.desired_count = service.desired_count, desired
    if desired > before:
        begin_start(service)
    elif desired < before:
        begin_stop(service)


@ecs("DeleteService")
def delete(call: Call) -> Any:
    service = service_of(call)
    if service.status == "INACTIVE":
        raise service_not_found()
    if service.desired_count > 0 and not call.params.get("force"):
        raise invalid("The service cannot be stopped while it is scaled above 0.")
    if service.desired_count > 0:
        _scale(service, 0)
    service.status = "DRAINING" if running_of(service) > 0 else "INACTIVE"
    settle(service)
    return {"service": shown(service, with_tags=True)}


@ecs("DescribeServices")
def describe(call: Call) -> Any:
    names = call.params["services"]
    if len(names) > 10:
        raise invalid("Services cannot have more than 10 elements.")
    cluster = cluster_of(call)
    known = call.response.ecs_backend.services
    with_tags = "TAGS" in call.params.get("include", [])
    found = {name: known.get(f"{cluster.name}:{name.split('/')[-1]}") for name in names}
    place = cluster.arn.replace(":cluster/", ":service/")
    return {
        "services": [shown(service, with_tags) for service in found.values() if service is not None],
        "failures": [
            {"arn": f"{place}/{name.split('/')[-1]}", "reason": "MISSING"}
            for name, service in found.items()
            if service is None
        ],
    }


@ecs("ListServices")
def list_all(call: Call) -> Any:
    cluster = cluster_of(call)
    services = call.response.ecs_backend.services.values()
    found = [each.arn for each in services if each.cluster_name == cluster.name and each.status == "ACTIVE"]
    return {"serviceArns": sorted(found)}
