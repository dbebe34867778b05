"""Certificates of listeners.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html: of ACM, in the
region of the load balancer, or of IAM. A person makes them, outside of what the emulator shows: every one of ACM that
is of the account and region counts as issued here, where moto wants to have made it itself.
"""

from __future__ import annotations

import re
from typing import Any

from moto.elbv2 import models
from moto.elbv2.models import ELBv2Backend

from ..operations import AwsError

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _exists(account: str, region: str, arn: str) -> bool:
    place, _, certificate_id = arn.partition(":certificate/")
    return place.endswith(f":acm:{region}:{account}") and _ID.fullmatch(certificate_id) is not None


def _register(account_id: str, region: str, arn_certificate: str, arn_user: str) -> None:
    if not _exists(account_id, region, arn_certificate):
        raise AwsError("CertificateNotFound", f"Certificate ARN '{arn_certificate}' is not valid")


_original = ELBv2Backend._certificate_exists


def _certificate_exists(self: Any, certificate_arn: str) -> bool:
    return _exists(self.account_id, self.region_name, certificate_arn) or _original(self, certificate_arn)


models.register_certificate = _register
ELBv2Backend._certificate_exists = _certificate_exists  # type: ignore[method-assign]
