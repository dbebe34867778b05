"""Automatic rotation with its period.

https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
moto stores on or off, without RotationPeriodInDays (90 to 2560, 365 by default) and the next date.
"""

from __future__ import annotations

import datetime
from typing import Any

from moto.kms.models import Key
from moto.kms.responses import KmsResponse

from ..operations import AwsError, Call, operation
from .keys import check_not_pending_deletion, key_of


def _check_can_rotate(key: Key) -> None:
    check_not_pending_deletion(key)
    if key.key_state == "Disabled":
        raise AwsError("DisabledException", f"{key.arn} is disabled.")
    if key.key_spec != "SYMMETRIC_DEFAULT" or key.origin != "AWS_KMS":
        raise AwsError("UnsupportedOperationException", f"{key.arn} does not support automatic rotation.")


@operation(KmsResponse, "EnableKeyRotation")
def enable(call: Call) -> Any:
    key = key_of(call)
    _check_can_rotate(key)
    period = call.params.get("RotationPeriodInDays", 365)
    if not 90 <= period <= 2560:
        raise AwsError("ValidationException", "RotationPeriodInDays must be between 90 and 2560.")
    key.key_rotation_status = True
    key.__dict__["rotation_period"] = period
    key.__dict__["rotates_from"] = datetime.datetime.now(datetime.UTC)
    return {}


@operation(KmsResponse, "DisableKeyRotation")
def disable(call: Call) -> Any:
    key = key_of(call)
    _check_can_rotate(key)
    key.key_rotation_status = False
    return {}


@operation(KmsResponse, "GetKeyRotationStatus")
def status(call: Call) -> Any:
    key = key_of(call)
    if not key.key_rotation_status:
        return {"KeyId": key.arn, "KeyRotationEnabled": False}
    period = key.__dict__["rotation_period"]
    return {
        "KeyId": key.arn,
        # A key that is pending deletion keeps the setting and shows it as off.
        "KeyRotationEnabled": key.key_state != "PendingDeletion",
        "RotationPeriodInDays": period,
        "NextRotationDate": key.__dict__["rotates_from"] + datetime.timedelta(days=period),
    }
