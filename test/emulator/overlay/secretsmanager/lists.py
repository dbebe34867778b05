"""Lists of secrets, which lag behind.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html: what was created or
changed up to five minutes ago may be absent (staleness "secretsmanager") or shown as it was before (staleness
"secretsmanager/changes"). DescribeSecret does not lag. At most 10 filters with 10 values, and pages of at most 100; versions without a
staging label are left out. An answer of moto holds the secret twice.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from moto.secretsmanager.responses import SecretsManagerResponse

from .. import staleness
from ..operations import AwsError, Call, operation


def keep_what_lists_show(secret: Any) -> None:
    """Called before a change: what lists go on showing for a while."""
    changed = f"{secret.arn} changed"
    if not staleness.is_hidden("secretsmanager/changes", changed):
        secret.__dict__["before"] = copy.deepcopy(secret.to_dict())
    staleness.written(changed)


@operation(SecretsManagerResponse, "ListSecrets")
def list_secrets(call: Call) -> Any:
    filters = call.params.get("Filters", [])
    if len(filters) > 10 or any(len(wanted["Values"]) > 10 for wanted in filters):
        raise AwsError("InvalidParameterException", "At most 10 filters with at most 10 values can be given.")
    size = call.params.get("MaxResults", 100)
    if not 1 <= size <= 100:
        raise AwsError("ValidationException", "MaxResults must be between 1 and 100.")
    found, _ = call.response.backend.list_secrets(
        filters=filters,
        max_results=1_000_000,
        next_token=None,
        include_planned_deletion=True,
    )
    secrets = call.response.backend.secrets
    shown = [
        _shown(secrets.get(entry["ARN"]), entry)
        for entry in found
        if not staleness.is_hidden("secretsmanager", entry["ARN"])
    ]
    if not call.params.get("IncludePlannedDeletion", False):
        shown = [entry for entry in shown if entry["DeletedDate"] is None]
    start = int(call.params.get("NextToken", 0))
    answer: dict[str, Any] = {"SecretList": shown[start : start + size]}
    if len(shown) > start + size:
        answer["NextToken"] = str(start + size)
    return json.dumps(answer)


def _shown(secret: Any, entry: dict[str, Any]) -> dict[str, Any]:
    stale = staleness.is_hidden("secretsmanager/changes", f"{secret.arn} changed")
    now = secret.__dict__["before"] if stale else entry
    staged = {version: stages for version, stages in now.get("SecretVersionsToStages", {}).items() if stages}
    without = {key: value for key, value in now.items() if key != "VersionIdsToStages"}
    return {**without, "SecretVersionsToStages": staged}
