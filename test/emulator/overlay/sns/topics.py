"""Topics: made once, and checked.

https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html: a name that is taken gives the ARN of what has it,
but refuses other tags or attributes (https://github.com/localstack/localstack/issues/2405 has the words), where moto
ignores them.
https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html: which attributes there are, and what a policy
may hold; moto takes any.
"""

from __future__ import annotations

import json
from typing import Any

from moto.sns.models import VALID_POLICY_ACTIONS
from moto.sns.responses import SNSResponse

from .. import staleness
from ..operations import AwsError, Call, operation

_SHOWN = {"DisplayName": "display_name", "KmsMasterKeyId": "kms_master_key_id"}
_SETTABLE = {*_SHOWN, "DeliveryPolicy", "MaximumMessageSize", "Policy", "SignatureVersion", "TracingConfig"}


@operation(SNSResponse, "CreateTopic")
def create(call: Call) -> Any:
    attributes = call.params.get("Attributes", {})
    for name, value in attributes.items():
        _check(name, value)
    arn = f"arn:{call.partition}:sns:{call.region}:{call.account}:{call.params['Name']}"
    existing = call.response.backend.topics.get(arn)
    if existing is None:
        answer = call.original()
        staleness.written(arn)
        return answer
    tags = {tag["Key"]: tag["Value"] for tag in call.params.get("Tags", [])}
    if any(existing._tags.get(key) != value for key, value in tags.items()):
        raise _invalid("Tags Reason: Topic already exists with different tags")
    if any(_value_of(existing, name) != value for name, value in attributes.items()):
        raise _invalid("Attributes Reason: Topic already exists with different attributes")
    return {"TopicArn": arn}


def _value_of(topic: Any, name: str) -> str | None:
    return topic.policy if name == "Policy" else getattr(topic, _SHOWN.get(name, ""), None)


@operation(SNSResponse, "SetTopicAttributes")
def set_attribute(call: Call) -> Any:
    name, value = call.params["AttributeName"], call.params.get("AttributeValue", "")
    if name not in _SETTABLE and not name.endswith(("FeedbackRoleArn", "FeedbackSampleRate")):
        raise _invalid("AttributeName")
    _check(name, value)
    return call.original()


def _check(name: str, value: str) -> None:
    if name == "DisplayName" and len(value) > 100:
        raise _invalid("DisplayName Reason: must be at most 100 characters")
    if name == "Policy":
        _check_policy(value)


def _check_policy(text: str) -> None:
    try:
        statements = json.loads(text)["Statement"]
    except (ValueError, KeyError, TypeError):
        raise _invalid("Policy Error: null") from None
    valid = {f"sns:{action}".lower() for action in VALID_POLICY_ACTIONS} | {"sns:*", "*"}
    for statement in statements if isinstance(statements, list) else [statements]:
        actions = statement.get("Action", [])
        for action in [actions] if isinstance(actions, str) else actions:
            if action.lower() not in valid:
                raise _invalid("Policy statement action out of service scope!")


def _invalid(reason: str) -> AwsError:
    return AwsError("InvalidParameter", f"Invalid parameter: {reason}")
