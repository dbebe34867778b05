"""Descriptions: unknown ids, pages, and lists that lag.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination: MaxResults begins
at 5, and a page names the next one, where moto has all in one page. A token says where a page ended, by
id, so that it can be used again by a caller who lost the answer.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html: at most 200 values.
https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html: what was created a moment ago may
be absent (staleness "ec2"), unless it is asked for by its id.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from moto.ec2.responses import EC2Response

from .. import staleness
from ..operations import AwsError, Call, operation

_SMALLEST_PAGE = 5
_VALUES_PER_FILTER = 200

Find = Callable[[Call], list[Any]]


def listing(
    name: str,
    result: str,
    ids: str,
    exists: Callable[[Any, str], bool],
    not_found: tuple[str, str],
    largest_page: int = 1000,
    find: Find | None = None,
) -> None:
    """
    Takes the place of a description. `find` gives the resources, moto if absent; `not_found` is the code and
    the message, with `{}` for the id.
    """

    @operation(EC2Response, name)
    def describe(call: Call) -> Any:
        _check_filters(call.params)
        wanted = call.params.get(ids, [])
        for resource_id in wanted:
            if not exists(call.response.ec2_backend, resource_id):
                code, message = not_found
                raise AwsError(code, message.format(resource_id))
        found = find(call) if find is not None else call.original().result[result]
        if not wanted:
            found = [item for item in found if not staleness.is_hidden("ec2", _id_of(item))]
        page, token = _page(found, call.params, largest_page)
        return {result: page, "NextToken": token}


def _id_of(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item.id)
    return str(item.get("SecurityGroupRuleId") or item["GroupId"])


def _check_filters(params: dict[str, Any]) -> None:
    for wanted in params.get("Filters", []):
        if len(wanted.get("Values", [])) > _VALUES_PER_FILTER:
            raise AwsError(
                "FilterLimitExceeded",
                f"The maximum number of filter values specified on a single call is {_VALUES_PER_FILTER}",
            )


def _page(found: list[Any], params: dict[str, Any], largest: int) -> tuple[list[Any], str | None]:
    size = params.get("MaxResults")
    token = params.get("NextToken")
    if size is None and token is None:
        return found, None
    if size is not None and not _SMALLEST_PAGE <= size <= largest:
        bound = f"greater than {_SMALLEST_PAGE}" if size < _SMALLEST_PAGE else f"less than {largest}"
        raise AwsError(
            "InvalidParameterValue",
            f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value {bound}.",
        )
    after = _position(token)
    rest = sorted((item for item in found if _id_of(item) > after), key=_id_of)
    page = rest[:size]
    more = len(rest) > len(page)
    return page, base64.b64encode(_id_of(page[-1]).encode()).decode() if more else None


def _position(token: str | None) -> str:
    try:
        return base64.b64decode(token or "", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise AwsError("InvalidNextToken", "The specified value for NextToken is not valid.") from None


def _subnet_exists(backend: Any, subnet_id: str) -> bool:
    return any(subnet_id in subnets for subnets in backend.subnets.values())


listing(
    "DescribeVpcs",
    "Vpcs",
    "VpcIds",
    lambda backend, vpc_id: vpc_id in backend.vpcs,
    ("InvalidVpcID.NotFound", "The vpc ID '{}' does not exist"),
)
listing(
    "DescribeSubnets",
    "Subnets",
    "SubnetIds",
    _subnet_exists,
    ("InvalidSubnetID.NotFound", "The subnet ID '{}' does not exist"),
)
listing(
    "DescribeInternetGateways",
    "InternetGateways",
    "InternetGatewayIds",
    lambda backend, gateway_id: gateway_id in backend.internet_gateways,
    ("InvalidInternetGatewayID.NotFound", "The internetGateway ID '{}' does not exist"),
)
listing(
    "DescribeRouteTables",
    "RouteTables",
    "RouteTableIds",
    lambda backend, table_id: table_id in backend.route_tables,
    ("InvalidRouteTableID.NotFound", "The routeTable ID '{}' does not exist"),
    largest_page=100,
)
listing(
    "DescribeNetworkAcls",
    "NetworkAcls",
    "NetworkAclIds",
    lambda backend, acl_id: acl_id in backend.network_acls,
    ("InvalidNetworkAclID.NotFound", "The networkAcl ID '{}' does not exist"),
)
listing(
    "DescribeNetworkInterfaces",
    "NetworkInterfaces",
    "NetworkInterfaceIds",
    lambda backend, interface_id: interface_id in backend.enis,
    ("InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{}' does not exist"),
)
