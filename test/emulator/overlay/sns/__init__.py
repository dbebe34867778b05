"""Amazon SNS, one file per idea."""

from . import topics  # noqa: F401
