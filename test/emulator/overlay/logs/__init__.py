"""Amazon CloudWatch Logs, one file per idea."""

from . import log_groups, retention, tags  # noqa: F401
