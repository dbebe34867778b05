"""Amazon ECS on Fargate, one file per idea."""

from . import clusters, service_deployments, services, task_definitions  # noqa: F401
