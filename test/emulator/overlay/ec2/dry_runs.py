"""Requests that ask whether they would be allowed.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html#DryRun: they change nothing and
answer DryRunOperation, where moto carries most of them out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.ec2.responses import EC2Response

from ..operations import AwsError


def _unless_dry(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def checked(response: Any) -> Any:
        if response.querystring.get("DryRun", ["false"])[0].lower() == "true":
            message = "Request would have succeeded, but DryRun flag is set."
            raise AwsError("DryRunOperation", message, 412)
        return method(response)

    return checked


for _name in get_service_model("ec2").operation_names:
    _method = getattr(EC2Response, camelcase_to_underscores(_name), None)
    if _method is not None:
        setattr(EC2Response, camelcase_to_underscores(_name), _unless_dry(_method))
