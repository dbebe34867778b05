"""AWS IAM, one file per idea."""

from . import policies, roles  # noqa: F401
