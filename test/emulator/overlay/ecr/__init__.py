"""Amazon ECR (private repositories), one file per idea."""

from . import lifecycle_policies, repositories, tags  # noqa: F401
