"""Pages of descriptions.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html: 1 to 400 in a
page, where moto has its own number or none. A marker says where a page ended.
"""

from __future__ import annotations

from typing import Any

from ..operations import AwsError, Call

MOST_NAMED = 20


def page(call: Call, key: str, found: list[Any]) -> dict[str, Any]:
    size = call.params.get("PageSize", 400)
    if not 1 <= size <= 400:
        raise invalid(f"Page size '{size}' must be between '1' and '400'")
    marker = call.params.get("Marker")
    arns = [arn_of(item) for item in found]
    if marker is not None and marker not in arns:
        raise invalid(f"Invalid marker '{marker}'")
    start = 0 if marker is None else arns.index(marker) + 1
    shown = found[start : start + size]
    more = len(found) > start + size
    return {key: shown, **({"NextMarker": arn_of(shown[-1])} if more else {})}


def arn_of(item: Any) -> str:
    return str(item.arn)


def check_named(call: Call, *parameters: str) -> None:
    for parameter in parameters:
        if len(call.params.get(parameter, [])) > MOST_NAMED:
            raise invalid(f"The maximum number of '{parameter}' is '{MOST_NAMED}'")


def invalid(message: str) -> AwsError:
    return AwsError("ValidationError", message)
