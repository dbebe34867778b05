"""Amazon RDS. README.md says how overlay files work; each file here is one idea."""

from . import (  # noqa: F401
    clusters,
    failover,
    instance_restores,
    instances,
    listings,
    parameter_groups,
    parameters,
    passwords,
    restores,
    snapshots,
    states,
    subnet_groups,
    tags,
)
