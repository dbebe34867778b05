"""Pages of RDS's descriptions.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html: MaxRecords is 20 to 100,
and 100 if not given. A marker says where a page ended, so that it can be used again by a caller who lost the
answer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from ..operations import AwsError, Call


def page(call: Call, found: list[Any], name_of: Callable[[Any], str]) -> tuple[list[Any], str | None]:
    size = call.params.get("MaxRecords", 100)
    if not 20 <= size <= 100:
        raise AwsError("InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    after = _position(call.params.get("Marker", ""))
    rest = sorted((item for item in found if name_of(item) > after), key=name_of)
    shown = rest[:size]
    more = len(rest) > len(shown)
    return shown, base64.b64encode(name_of(shown[-1]).encode()).decode() if more else None


def _position(marker: str) -> str:
    try:
        return base64.b64decode(marker, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise AwsError("InvalidParameterValue", f"Unrecognized marker value {marker}") from None
