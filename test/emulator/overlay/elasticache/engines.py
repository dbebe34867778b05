"""Versions of the engines, and the families of their parameter groups.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html: from Redis OSS 6 on a
version is asked for without its last part, which AWS chooses.
"""

from __future__ import annotations

from .refusals import impossible

_VERSIONS = {
    "redis": {
        **{"5.0.6": "5.0.6", "6.x": "6.2.6", "6.0": "6.0.5", "6.2": "6.2.6"},
        **{"7.x": "7.1.0", "7.0": "7.0.7", "7.1": "7.1.0"},
    },
    "valkey": {"7.2": "7.2.6", "8.0": "8.0.1", "8.1": "8.1.0"},
}
NEWEST = {"redis": "7.1", "valkey": "8.1"}


def check_upgrade(present: tuple[str, str], wanted: tuple[str, str]) -> None:
    """Engine and full version before and after.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html: from Redis OSS to any
    Valkey, and back from 7.2 to 7.1 only.
    """
    (engine, version), (next_engine, next_version) = present, wanted
    if (engine, next_engine) == ("valkey", "redis"):
        if not version.startswith("7.2.") or not next_version.startswith("7.1."):
            raise impossible(f"{engine} {version} cannot be rolled back to {next_engine} {next_version}.")
    elif is_older(next_version, version):
        raise impossible(f"Downgrading from {version} to {next_version} is not supported.")


def full_version(engine: str, version: str) -> str:
    """What is shown of a version that was asked for."""
    known = _VERSIONS.get(engine, {}).get(version)
    if known is None:
        raise impossible(f"Cannot find version {version} for {engine}")
    return known


def family_of(engine: str, version: str) -> str:
    major = version.split(".")[0]
    if engine == "redis" and major == "6":
        return "redis6.x"
    return "redis5.0" if engine == "redis" and major == "5" else f"{engine}{major}"


def is_older(version: str, than: str) -> bool:
    return _numbers(version) < _numbers(than)


def at_least(version: str, major: int) -> bool:
    return _numbers(version)[0] >= major


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
