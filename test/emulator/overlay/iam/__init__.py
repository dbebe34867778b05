"""AWS IAM, one file per idea."""

from . import account_details, policies, roles  # noqa: F401
