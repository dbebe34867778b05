"""AWS KMS, one file per idea."""

from . import aliases, keys, rotation  # noqa: F401
