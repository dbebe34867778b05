"""Filters of descriptions.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html: the values of one filter are
joined by OR, with the wildcards * and ?, escaped by a backslash; a resource with several values of a kind is
found by each of them, where moto with several values finds it by all of them only. moto translates each
value into a regular expression for each resource; here it is once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

import moto.ec2.models.security_groups as security_groups
import moto.ec2.utils as utils


@lru_cache(maxsize=10_000)
def _pattern(value: str) -> re.Pattern[str]:
    parts = re.findall(r"\\.|.", value, flags=re.DOTALL)
    wildcards = {"*": ".*", "?": "."}
    return re.compile(
        "".join(wildcards.get(part) or re.escape(part[-1]) for part in parts), flags=re.DOTALL
    )


def matches(value: str, wanted: Iterable[str]) -> bool:
    """Whether one of the values of a filter fits."""
    return value in wanted or any(_pattern(pattern).fullmatch(value) for pattern in wanted)


def _is_filter_matching(resource: Any, name: str, wanted: Any) -> bool:
    if wanted is None:
        return False
    patterns = [wanted] if isinstance(wanted, str) else wanted
    return any(matches(text, patterns) for text in _texts(resource.get_filter_value(name)))


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, datetime):
        return [utils.format_timestamp(value)]
    if isinstance(value, (str, int)):
        return [str(value)]
    return [text for item in value for text in _texts(item)]


def _tag_filter_matches(resource: Any, name: str, wanted: list[str]) -> bool:
    key = name.removeprefix("tag:")
    tags = resource.get_tags()
    if name == "tag-key":
        return any(matches(tag["key"], wanted) for tag in tags)
    if name == "tag-value":
        return any(matches(tag["value"], wanted) for tag in tags)
    return any(tag["key"] == key and matches(tag["value"], wanted) for tag in tags)


utils.is_filter_matching = _is_filter_matching
utils.tag_filter_matches = _tag_filter_matches
security_groups.tag_filter_matches = _tag_filter_matches
