"""Amazon CloudWatch, one file per idea."""

from . import alarm_rules, alarms, composite_alarms, dashboards, tags  # noqa: F401
