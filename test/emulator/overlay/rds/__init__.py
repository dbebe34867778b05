"""Amazon RDS. README.md says how overlay files work; each file here is one idea."""

from . import (  # noqa: F401
    clusters,
    failover,
    instances,
    listings,
    parameter_groups,
    parameters,
    snapshots,
    states,
    subnet_groups,
    tags,
)
