"""Task definitions.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html: what is not given gets a
default, as the port of the host with awsvpc. moto's defaults lack some. On Fargate processor and memory are one of
the pairs of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html, and containers have
no more than the task.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html: of a family the newest
revision that is active; one that was deregistered as long as a service refers to it.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html: sorted, in pages of 100.
"""

from __future__ import annotations

from typing import Any

from .. import staleness
from ..operations import Call
from .refusals import impossible, invalid
from .states import ecs

_GIB = 1024
_MEMORY = {
    256: [512, _GIB, 2 * _GIB],
    512: [number * _GIB for number in range(1, 5)],
    1024: [number * _GIB for number in range(2, 9)],
    2048: [number * _GIB for number in range(4, 17)],
    4096: [number * _GIB for number in range(8, 31)],
    8192: [number * _GIB for number in range(16, 61, 4)],
    16384: [number * _GIB for number in range(32, 121, 8)],
}


@ecs("RegisterTaskDefinition")
def register(call: Call) -> Any:
    params = call.params
    _check(params)
    call.original()
    revisions = call.response.ecs_backend.task_definitions[params["family"]]
    definition = revisions[max(revisions)]
    for container in definition.container_definitions:
        _complete(container, definition.network_mode)
    staleness.written(definition.arn)
    return {"taskDefinition": shown(definition), "tags": definition.tags}


def _complete(container: dict[str, Any], network_mode: str | None) -> None:
    """Adds what AWS shows of a container that nobody gave."""
    container.setdefault("systemControls", [])
    for mapping in container["portMappings"]:
        mapping.setdefault("protocol", "tcp")
        if network_mode == "awsvpc":
            mapping.setdefault("hostPort", mapping["containerPort"])
    for mount in container["mountPoints"]:
        mount.setdefault("readOnly", False)
    # Of what is empty and has no default nothing is kept.
    for name in ("secrets", "dependsOn", "command"):
        if container.get(name) == []:
            del container[name]


def _check(params: dict[str, Any]) -> None:
    containers = params["containerDefinitions"]
    names = [container["name"] for container in containers]
    if len(set(names)) < len(names):
        raise impossible("Container names must be unique.")
    if not any(container.get("essential", True) for container in containers):
        raise impossible("Invalid setting for containers: at least one of them must be essential.")
    volumes = {volume["name"] for volume in params.get("volumes", [])}
    for container in containers:
        _check_container(container, names, volumes)
    if "FARGATE" in params.get("requiresCompatibilities", []):
        _check_fargate(params)


def _check_container(container: dict[str, Any], names: list[str], volumes: set[str]) -> None:
    for mount in container.get("mountPoints", []):
        if mount["sourceVolume"] not in volumes:
            raise impossible(f"Invalid 'mountPoints' setting: unknown volume '{mount['sourceVolume']}'.")
    for other in container.get("dependsOn", []):
        if other["containerName"] not in names:
            raise impossible(f"Container '{container['name']}' depends on an unknown container.")
    twice = {each["name"] for each in container.get("environment", [])} & {
        each["name"] for each in container.get("secrets", [])
    }
    if twice:
        raise impossible(f"The secret name must be unique and not shared with any environment variable: {twice}.")


def _check_fargate(params: dict[str, Any]) -> None:
    if params.get("networkMode") != "awsvpc":
        raise impossible("Fargate only supports network mode 'awsvpc'.")
    cpu, memory = int(params.get("cpu", 0)), int(params.get("memory", 0))
    if memory not in _MEMORY.get(cpu, []):
        raise impossible("No Fargate configuration exists for given values.")
    containers = params["containerDefinitions"]
    if sum(container.get("cpu", 0) for container in containers) > cpu:
        raise impossible("The total CPU of containers exceeds that of the task.")
    if sum(container.get("memory", 0) for container in containers) > memory:
        raise impossible("The total memory of containers exceeds that of the task.")
    if "executionRoleArn" not in params and any(container.get("secrets") for container in containers):
        raise impossible("When you are specifying container secrets, you must also specify an execution role.")


def definition_of(call: Call, name: str) -> Any:
    """A revision, or the newest one of a family that is active; None if there is none."""
    family, _, revision = name.split("/")[-1].partition(":")
    revisions = call.response.ecs_backend.task_definitions.get(family, {})
    if revision:
        return revisions.get(int(revision))
    active = [number for number, definition in revisions.items() if definition.status == "ACTIVE"]
    return revisions[max(active)] if active else None


@ecs("DescribeTaskDefinition")
def describe(call: Call) -> Any:
    definition = definition_of(call, call.params["taskDefinition"])
    if definition is None or (definition.status != "ACTIVE" and not _is_used(call, definition)):
        raise impossible("Unable to describe task definition.")
    answer = {"taskDefinition": shown(definition)}
    if "TAGS" in call.params.get("include", []):
        answer["tags"] = definition.tags
    return answer


def _is_used(call: Call, definition: Any) -> bool:
    services = call.response.ecs_backend.services.values()
    return any(service.status != "INACTIVE" and service.task_definition == definition.arn for service in services)


def shown(definition: Any) -> dict[str, Any]:
    optional = {
        "taskRoleArn": getattr(definition, "task_role_arn", None),
        "executionRoleArn": getattr(definition, "execution_role_arn", None),
        "requiresCompatibilities": definition.requires_compatibilities,
        "runtimePlatform": definition.runtime_platform,
        "ephemeralStorage": definition.ephemeral_storage,
        "pidMode": definition.pid_mode,
        "cpu": definition.cpu,
        "memory": definition.memory,
    }
    return {
        "taskDefinitionArn": definition.arn,
        "family": definition.family,
        "revision": definition.revision,
        "status": definition.status,
        "containerDefinitions": definition.container_definitions,
        "networkMode": definition.network_mode,
        "volumes": [{"host": {}, **volume} for volume in definition.volumes],
        "placementConstraints": definition.placement_constraints,
        "compatibilities": definition.compatibilities,
        "requiresAttributes": [{"name": "ecs.capability.task-eni"}],
        **{name: value for name, value in optional.items() if value is not None},
    }


@ecs("DeregisterTaskDefinition")
def deregister(call: Call) -> Any:
    definition = definition_of(call, call.params["taskDefinition"])
    if ":" not in call.params["taskDefinition"].split("/")[-1]:
        raise impossible("Revision is missing.")
    if definition is None or definition.status != "ACTIVE":
        raise impossible("The specified task definition is inactive or does not exist.")
    definition.status = "INACTIVE"
    return {"taskDefinition": shown(definition)}


@ecs("ListTaskDefinitions")
def list_all(call: Call) -> Any:
    params = call.params
    size = params.get("maxResults", 100)
    if not 1 <= size <= 100:
        raise invalid("maxResults must be between 1 and 100.")
    found = [
        definition
        for revisions in call.response.ecs_backend.task_definitions.values()
        for definition in revisions.values()
        if definition.status == params.get("status", "ACTIVE")
        and params.get("familyPrefix") in (None, definition.family)
    ]
    found.sort(key=lambda each: (each.family, each.revision), reverse=params.get("sort") == "DESC")
    start = int(params.get("nextToken", 0))
    answer: dict[str, Any] = {"taskDefinitionArns": [each.arn for each in found[start : start + size]]}
    if len(found) > start + size:
        answer["nextToken"] = str(start + size)
    return answer
