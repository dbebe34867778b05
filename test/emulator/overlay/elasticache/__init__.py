"""Amazon ElastiCache for Redis OSS and Valkey, cluster mode off; one file per idea."""

from . import (  # noqa: F401
    modifications,
    parameter_groups,
    parameters,
    replica_counts,
    replication_groups,
    snapshots,
    subnet_groups,
    tags,
)
