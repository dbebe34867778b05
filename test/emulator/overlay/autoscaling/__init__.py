"""Application Auto Scaling, one file per idea."""

from . import policies, tags, targets  # noqa: F401
