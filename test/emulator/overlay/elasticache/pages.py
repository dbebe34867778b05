"""Pages of descriptions.

MaxRecords is 20 to 100, and 100 if not given; a marker says where a page ended, by name, so that it can be
used again by a caller who lost the answer.
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html
"""

from __future__ import annotations

from typing import Any

from ..operations import Call
from .refusals import invalid


def page_of(call: Call, result: str, shown: list[dict[str, Any]], name: str) -> dict[str, Any]:
    size = call.params.get("MaxRecords", 100)
    if not 20 <= size <= 100:
        raise invalid("MaxRecords must be between 20 and 100")
    after = call.params.get("Marker", "")
    rest = sorted((item for item in shown if item[name] > after), key=lambda item: item[name])
    page = rest[:size]
    return {result: page, "Marker": page[-1][name] if len(rest) > size else None}
