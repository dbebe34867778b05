"""AWS WAF (version 2), one file per idea."""

from . import associations, rules, tags, web_acls  # noqa: F401
