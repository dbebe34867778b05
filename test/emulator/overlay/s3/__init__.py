"""Amazon S3, one file per idea."""

from . import buckets, defaults, dispatch, lifecycle, logging, policy, replication, settings, versioning  # noqa: F401

dispatch.install()
