"""Scalable targets.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html: a new target
needs both capacities, gets the tags of the call, and the service-linked role of its service, which is made
with the first one: https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
The table, index or cluster must exist. moto asks this of ECS only, knows no tags and no role. Registering it
again keeps what is not given.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html: its
policies and scheduled actions go with it; one that is missing is ObjectNotFoundException.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html: pages, of
which moto shows the second one wrongly.
"""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.models import _target_params_are_valid
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse, _build_target
from moto.dynamodb.models import dynamodb_backends
from moto.iam.models import iam_backends
from moto.rds.models import rds_backends

from .. import staleness
from ..operations import AwsError, Call, operation

_ROLES = {"dynamodb": "DynamoDBTable", "ecs": "ECSService", "rds": "RDSCluster"}
_NOT_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}


def invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message)


def not_found(what: str, params: dict[str, Any]) -> AwsError:
    place = f"service namespace: {params['ServiceNamespace']}, resource ID: {params['ResourceId']}"
    dimension = params["ScalableDimension"]
    message = f"No {what} found for {place}, scalable dimension: {dimension}"
    return AwsError("ObjectNotFoundException", message)


def target_of(call: Call) -> Any:
    backend = call.response.applicationautoscaling_backend
    return backend.targets.get(call.params["ScalableDimension"], {}).get(call.params["ResourceId"])


@operation(ApplicationAutoScalingResponse, "RegisterScalableTarget")
def register(call: Call) -> Any:
    params = call.params
    _target_params_are_valid(params["ServiceNamespace"], params["ResourceId"], params["ScalableDimension"])
    existing = target_of(call)
    least, most = params.get("MinCapacity"), params.get("MaxCapacity")
    if existing is None:
        if least is None or most is None:
            raise invalid("Both minimum and maximum capacity must be specified when registering a target.")
        _check_exists(call)
    least = existing.min_capacity if least is None else least
    most = existing.max_capacity if most is None else most
    if least > most:
        raise invalid("Maximum capacity cannot be less than minimum capacity")
    before = None if existing is None else existing.suspended_state
    answer = call.original()
    target: Any = target_of(call)
    target.suspended_state = {**(before or _NOT_SUSPENDED), **params.get("SuspendedState", {})}
    if existing is None:
        target.tags = dict(params.get("Tags", {}))
        target.role_arn = params.get("RoleARN") or _service_linked_role(call)
        staleness.written(target.arn)
    return answer


def _check_exists(call: Call) -> None:
    kind, name, *index = call.params["ResourceId"].replace("cluster:", "cluster/").split("/")
    if kind == "cluster" and call.params["ServiceNamespace"] == "rds":
        if name not in rds_backends[call.account][call.region].clusters:
            raise invalid(f"RDS cluster doesn't exist: {name}")
    if kind == "table" and call.params["ServiceNamespace"] == "dynamodb":
        table = dynamodb_backends[call.account][call.region].tables.get(name)
        if table is None:
            raise invalid(f"DynamoDB table doesn't exist: table/{name}")
        if index and all(shown.name != index[1] for shown in table.global_indexes):
            raise invalid(f"DynamoDB index doesn't exist: {call.params['ResourceId']}")


def _service_linked_role(call: Call) -> str:
    service = call.params["ServiceNamespace"]
    name = f"AWSServiceRoleForApplicationAutoScaling_{_ROLES[service]}"
    principal = f"{service}.application-autoscaling.amazonaws.com"
    backend = iam_backends[call.account][call.partition]
    if all(role.name != name for role in backend.roles.values()):
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": principal}, "Action": "sts:AssumeRole"}
            ],
        }
        backend.create_role(
            name,
            json.dumps(policy),
            path=f"/aws-service-role/{principal}/",
            permissions_boundary=None,
            description="",
            tags=[],
            max_session_duration="3600",
            linked_service=principal,
        )
    return f"arn:{call.partition}:iam::{call.account}:role/aws-service-role/{principal}/{name}"


@operation(ApplicationAutoScalingResponse, "DeregisterScalableTarget")
def deregister(call: Call) -> Any:
    if target_of(call) is None:
        raise not_found("scalable target", call.params)
    backend = call.response.applicationautoscaling_backend
    place = (call.params["ResourceId"], call.params["ScalableDimension"])
    for key, policy in list(backend.policies.items()):
        if (policy.resource_id, policy.scalable_dimension) == place:
            policy.delete_alarms(call.account, call.region)
            del backend.policies[key]
    backend.scheduled_actions = [
        action
        for action in backend.scheduled_actions
        if (action.resource_id, action.scalable_dimension) != place
    ]
    return call.original()


@operation(ApplicationAutoScalingResponse, "DescribeScalableTargets")
def describe(call: Call) -> Any:
    params = call.params
    call.response._validate_params()
    if "ScalableDimension" in params and "ResourceIds" not in params:
        raise invalid("A resource ID must be specified with a scalable dimension.")
    found = call.response.applicationautoscaling_backend.describe_scalable_targets(
        params["ServiceNamespace"], params.get("ResourceIds"), params.get("ScalableDimension")
    )
    return json.dumps(page(call, [_build_target(target) for target in found], "ScalableTargets", 50))


def page(call: Call, shown: list[Any], key: str, most: int) -> dict[str, Any]:
    size = call.params.get("MaxResults", most)
    if not 1 <= size <= most:
        raise invalid(f"MaxResults must be between 1 and {most}")
    start = int(call.params.get("NextToken", 0))
    answer: dict[str, Any] = {key: shown[start : start + size]}
    if len(shown) > start + size:
        answer["NextToken"] = str(start + size)
    return answer
