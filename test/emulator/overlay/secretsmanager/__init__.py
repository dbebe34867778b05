"""AWS Secrets Manager, one file per idea."""

from . import lists, secrets, versions  # noqa: F401
