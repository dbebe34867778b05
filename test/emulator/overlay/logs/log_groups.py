"""Log groups.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html: what a name may
be; a key must exist and be enabled; the class is kept, which moto forgets, and so is the protection against
deletion.
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html: groups are
found by their names or ARNs, at most 50, those that are missing are left out; by a part of the name; by
class. moto knows the beginning of the name only. What was created a moment ago may be absent (staleness
"logs").
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html,
API_DisassociateKmsKey.html: which moto lacks.
"""

from __future__ import annotations

import re
from typing import Any

from moto.kms.models import kms_backends
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from .. import staleness
from ..operations import AwsError, Call, operation

_CLASSES = ("STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS")
_NAME = re.compile(r"[.\-_/#A-Za-z0-9]{1,512}")
_IDENTIFIER = re.compile(r"[\w#+=/:,.@-]{1,2048}")


def group_of(call: Call, name: str) -> LogGroup:
    group = call.response.logs_backend.groups.get(name)
    if group is None:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.")
    return group


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


@operation(LogsResponse, "CreateLogGroup")
def create(call: Call) -> Any:
    name, tags = call.params["logGroupName"], call.params.get("tags", {})
    log_group_class = call.params.get("logGroupClass", "STANDARD")
    if not _NAME.fullmatch(name) or name.startswith("aws/"):
        raise invalid(f"Value '{name}' at 'logGroupName' failed to satisfy constraint: {_NAME.pattern}")
    if log_group_class not in _CLASSES:
        raise invalid(f"Value '{log_group_class}' at 'logGroupClass' is not one of {', '.join(_CLASSES)}")
    if len(tags) > 50:
        raise invalid("A log group can have at most 50 tags")
    backend = call.response.logs_backend
    if name in backend.groups:
        raise AwsError("ResourceAlreadyExistsException", "The specified log group already exists")
    if "kmsKeyId" in call.params:
        _check_key(call, name, call.params["kmsKeyId"])
    group = backend.create_log_group(name, tags, kmsKeyId=call.params.get("kmsKeyId"))
    group.log_group_class = log_group_class
    group.is_protected = call.params.get("deletionProtectionEnabled", False)
    staleness.written(group.arn)
    return {}


def _check_key(call: Call, name: str, key_arn: str) -> None:
    keys = kms_backends[call.account][call.region].keys
    if not any(key.arn == key_arn and key.key_state == "Enabled" for key in keys.values()):
        arn = f"arn:{call.partition}:logs:{call.region}:{call.account}:log-group:{name}"
        message = "The specified KMS key does not exist or is not allowed to be used with Arn"
        raise invalid(f"{message} '{arn}'")


@operation(LogsResponse, "AssociateKmsKey")
def associate_key(call: Call) -> Any:
    group = _group_with_key(call)
    _check_key(call, group.name, call.params["kmsKeyId"])
    group.kms_key_id = call.params["kmsKeyId"]
    return {}


@operation(LogsResponse, "DisassociateKmsKey")
def disassociate_key(call: Call) -> Any:
    _group_with_key(call).kms_key_id = None
    return {}


def _group_with_key(call: Call) -> Any:
    name, identifier = call.params.get("logGroupName"), call.params.get("resourceIdentifier")
    if (name is None) == (identifier is None):
        raise invalid("Either logGroupName or resourceIdentifier must be specified, and not both.")
    return group_of(call, name if name is not None else identifier.split(":log-group:")[-1])


@operation(LogsResponse, "DeleteLogGroup")
def delete(call: Call) -> Any:
    group: Any = group_of(call, call.params["logGroupName"])
    if getattr(group, "is_protected", False):
        raise AwsError("ValidationException", f"{group.name} is protected from deletion.")
    # moto's own dictionary keeps tags by ARN: the next group of the name would have them.
    call.response.logs_backend.tagger.delete_all_tags_for_resource(group.arn)
    del call.response.logs_backend.groups[group.name]
    return {}


@operation(LogsResponse, "DescribeLogGroups")
def describe(call: Call) -> Any:
    _check_search(call.params)
    groups = call.response.logs_backend.groups
    found = [
        group
        for name, group in sorted(groups.items())
        if name > call.params.get("nextToken", "")
        and not staleness.is_hidden("logs", group.arn)
        and _is_wanted(call.params, group)
    ]
    limit = call.params.get("limit", 50)
    page = found[:limit]
    answer: dict[str, Any] = {"logGroups": [_shown(group) for group in page]}
    if len(found) > limit:
        answer["nextToken"] = page[-1].name
    return answer


def _check_search(params: dict[str, Any]) -> None:
    identifiers = params.get("logGroupIdentifiers", [])
    if len(identifiers) > 50:
        raise invalid("At most 50 logGroupIdentifiers can be given")
    for identifier in identifiers:
        if not _IDENTIFIER.fullmatch(identifier):
            raise invalid(f"Value '{identifier}' at 'logGroupIdentifiers' is malformed")
    others = ("logGroupNamePrefix", "logGroupNamePattern", "logGroupClass")
    if identifiers and any(name in params for name in others):
        raise invalid("LogGroupIdentifiers cannot be given together with other filters")
    if "logGroupNamePrefix" in params and "logGroupNamePattern" in params:
        raise invalid("LogGroupNamePrefix and LogGroupNamePattern are mutually exclusive parameters.")
    if not 1 <= params.get("limit", 50) <= 50:
        raise invalid("limit must be between 1 and 50")


def _is_wanted(params: dict[str, Any], group: Any) -> bool:
    identifiers = params.get("logGroupIdentifiers", [])
    wanted_class = params.get("logGroupClass")
    return (
        (not identifiers or group.name in identifiers or group.arn in identifiers)
        and group.name.startswith(params.get("logGroupNamePrefix", ""))
        and params.get("logGroupNamePattern", "") in group.name
        and wanted_class in (None, _class_of(group))
    )


def _class_of(group: Any) -> str:
    # Groups that moto makes for other services, such as Lambda's, have none.
    return getattr(group, "log_group_class", "STANDARD")


def _shown(group: Any) -> dict[str, Any]:
    return {
        **group.to_describe_dict(),
        "logGroupClass": _class_of(group),
        "deletionProtectionEnabled": getattr(group, "is_protected", False),
    }


@operation(LogsResponse, "PutLogGroupDeletionProtection")
def put_deletion_protection(call: Call) -> Any:
    identifier = call.params["logGroupIdentifier"]
    group: Any = group_of(call, identifier.split(":log-group:")[-1])
    group.is_protected = call.params["deletionProtectionEnabled"]
    return {}
