"""AWS IAM, one file per idea."""

from . import account_details, accounts, policies, roles  # noqa: F401
