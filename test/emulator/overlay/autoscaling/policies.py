"""Scaling policies.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html: of a target that is
registered; moto takes any. The alarms of the policy before go.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html: pages of at
most 10, where moto's have 100.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html: one that is
missing is ObjectNotFoundException.
"""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse, _build_policy

from ..operations import Call, operation
from .targets import invalid, not_found, page, target_of


def _policy_of(call: Call) -> Any:
    params = call.params
    key = FakeApplicationAutoscalingPolicy.formulate_key(
        params["ServiceNamespace"], params["ResourceId"], params["ScalableDimension"], params["PolicyName"]
    )
    return call.response.applicationautoscaling_backend.policies.get(key)


@operation(ApplicationAutoScalingResponse, "PutScalingPolicy")
def put(call: Call) -> Any:
    if target_of(call) is None:
        raise not_found("scalable target", call.params)
    before = _policy_of(call)
    if before is None and "PolicyType" not in call.params:
        raise invalid("A policy type must be specified for a new scaling policy.")
    answer = call.original()
    if before is not None:
        before.delete_alarms(call.account, call.region)
    return answer


@operation(ApplicationAutoScalingResponse, "DeleteScalingPolicy")
def delete(call: Call) -> Any:
    if _policy_of(call) is None:
        raise not_found("scaling policy", call.params)
    return call.original()


@operation(ApplicationAutoScalingResponse, "DescribeScalingPolicies")
def describe(call: Call) -> Any:
    params = call.params
    found = [
        _build_policy(policy)
        for policy in call.response.applicationautoscaling_backend.policies.values()
        if policy.service_namespace == params["ServiceNamespace"]
        and params.get("ResourceId") in (None, policy.resource_id)
        and params.get("ScalableDimension") in (None, policy.scalable_dimension)
        and policy.policy_name in params.get("PolicyNames", [policy.policy_name])
    ]
    return json.dumps(page(call, found, "ScalingPolicies", 10))
