"""What a description shows of the resources of a type.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-pagination.html
Ids that do not exist are refused, and so is a filter that the action does not have. What was created a
moment ago may be absent from what is found by filters (staleness "ec2").
"""

from __future__ import annotations

from typing import Any

from .. import staleness
from ..operations import AwsError, Call
from .filters import matches

# Names of filters, and the member of the description whose value they compare.
Filters = dict[str, str]

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
_VALUES_PER_FILTER = 200


def described(
    call: Call, shown: list[dict[str, Any]], id_member: str, ids: list[str], filters: Filters, not_found: str
) -> tuple[list[dict[str, Any]], str | None]:
    """The page that was asked for, and the token of the next."""
    asked = call.params.get("Filters", call.params.get("Filter", []))
    if any(len(wanted.get("Values", [])) > _VALUES_PER_FILTER for wanted in asked):
        message = f"The maximum number of filter values specified on a single call is {_VALUES_PER_FILTER}"
        raise AwsError("FilterLimitExceeded", message)
    known = {item[id_member] for item in shown}
    for wanted_id in ids:
        if wanted_id not in known:
            raise AwsError(not_found, f"The ID '{wanted_id}' does not exist")
    found = [
        item
        for item in shown
        if (item[id_member] in ids if ids else not staleness.is_hidden("ec2", item[id_member]))
        and all(_passes(item, wanted["Name"], wanted.get("Values", []), filters) for wanted in asked)
    ]
    # A page begins behind an id, so that a token can be used again by a caller who lost the answer.
    after = call.params.get("NextToken") or ""
    rest = sorted((item for item in found if item[id_member] > after), key=lambda item: item[id_member])
    page = rest[: min(call.params.get("MaxResults", 1000), 1000)]
    return page, page[-1][id_member] if len(rest) > len(page) else None


def _passes(item: dict[str, Any], name: str, wanted: list[str], filters: Filters) -> bool:
    if name.startswith("tag:"):
        key = name.removeprefix("tag:")
        return any(tag["Key"] == key and matches(tag["Value"], wanted) for tag in item["Tags"])
    if name == "tag-key":
        return any(matches(tag["Key"], wanted) for tag in item["Tags"])
    if name not in filters:
        raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid")
    value = item.get(filters[name])
    values = value if isinstance(value, list) else [] if value is None else [value]
    return any(matches(str(one), wanted) for one in values)


def tags_of(backend: Any, resource_id: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in backend.tags.get(resource_id, {}).items()]


def tag_on_creation(call: Call, resource_id: str, resource_type: str) -> None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TagSpecification.html"""
    for specification in call.params.get("TagSpecifications", []):
        if specification.get("ResourceType") == resource_type:
            tags = {tag["Key"]: tag.get("Value", "") for tag in specification.get("Tags", [])}
            call.response.ec2_backend.create_tags([resource_id], tags)


def check_tag_specifications(call: Call, resource_type: str) -> None:
    """To be called before anything is made: a creation with wrong tags makes nothing."""
    for specification in call.params.get("TagSpecifications", []):
        kind = specification.get("ResourceType")
        if kind != resource_type:
            message = f"'{kind}' is not a valid taggable resource type for this operation."
            raise AwsError("InvalidParameterValue", message)
        if any(tag["Key"].lower().startswith("aws:") for tag in specification.get("Tags", [])):
            message = "Tag keys starting with 'aws:' are reserved for internal use"
            raise AwsError("InvalidParameterValue", message)
        if len(specification.get("Tags", [])) > 50:
            raise AwsError("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.")


def required(call: Call, *names: str) -> None:
    for name in names:
        if call.params.get(name) in (None, "", []):
            raise AwsError("MissingParameter", f"The request must contain the parameter {name}")
