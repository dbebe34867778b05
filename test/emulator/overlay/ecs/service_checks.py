"""What ECS refuses of a service.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html and
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html: a task definition that is
active, containers and ports that it has, target groups that a load balancer uses already, networks that exist,
capacity providers of the cluster. moto refuses next to nothing.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.elbv2.models import elbv2_backends

from ..operations import Call
from .clusters import check_strategy
from .refusals import impossible, invalid
from .task_definitions import definition_of


def check_settings(call: Call, cluster: Any, settings: dict[str, Any]) -> None:
    definition = definition_of(call, settings["taskDefinition"])
    if definition is None:
        raise impossible("TaskDefinition not found.")
    if definition.status != "ACTIVE":
        raise impossible("TaskDefinition is inactive")
    check_strategy(settings.get("capacityProviderStrategy") or [], cluster.capacity_providers)
    _check_network(call, definition, settings.get("networkConfiguration"))
    for balancer in settings.get("loadBalancers") or []:
        _check_load_balancer(call, definition, balancer)
    maximum = settings["deploymentConfiguration"]["maximumPercent"]
    if settings.get("availabilityZoneRebalancing") == "ENABLED" and maximum <= 100:
        raise invalid("Availability Zone rebalancing needs a maximumPercent above 100.")
    if settings.get("healthCheckGracePeriodSeconds") and not settings.get("loadBalancers"):
        raise invalid("Health check grace period is only valid for services configured to use load balancers")


def _check_network(call: Call, definition: Any, network: dict[str, Any] | None) -> None:
    if definition.network_mode != "awsvpc":
        return
    if not network:
        raise invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    place = network["awsvpcConfiguration"]
    ec2 = ec2_backends[call.account][call.region]
    if len(place["subnets"]) > 16 or len(place.get("securityGroups", [])) > 5:
        raise invalid("There can be 16 subnets and 5 security groups.")
    every = {subnet_id for zone in ec2.subnets.values() for subnet_id in zone}
    for subnet in place["subnets"]:
        if subnet not in every:
            raise invalid(f"Error retrieving subnet information for [{subnet}]: it does not exist")
    for group in place.get("securityGroups", []):
        if ec2.get_security_group_from_id(group) is None:
            raise invalid(f"Error retrieving security group information for [{group}]: it does not exist")


def _check_load_balancer(call: Call, definition: Any, balancer: dict[str, Any]) -> None:
    arn, name, port = balancer["targetGroupArn"], balancer["containerName"], balancer["containerPort"]
    container = next((each for each in definition.container_definitions if each["name"] == name), None)
    if container is None:
        raise invalid(f"The container {name} does not exist in the task definition.")
    if all(mapping["containerPort"] != port for mapping in container["portMappings"]):
        raise invalid(f"The container {name} did not have a container port {port} defined.")
    group = elbv2_backends[call.account][call.region].target_groups.get(arn)
    if group is None:
        raise invalid(f"Unable to assume role and validate the specified targetGroupArn {arn}.")
    if group.target_type != "ip":
        raise invalid(
            "The provided target group has a target type that is incompatible with the awsvpc network mode."
        )
    if not group.load_balancer_arns:
        raise invalid(f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
