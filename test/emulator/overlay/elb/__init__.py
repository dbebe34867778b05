"""Elastic Load Balancing (application load balancers), one file per idea."""

from . import (  # noqa: F401
    actions,
    certificates,
    load_balancer_attributes,
    load_balancers,
    listeners,
    states,
    tags,
    target_group_attributes,
    target_groups,
)
