"""Amazon DynamoDB, one file per idea."""

from . import backups, changes, definitions, recovery, restores, states, tags, time_to_live  # noqa: F401
