"""A replication group, cluster mode off: one primary and its replicas.

moto's has no member clusters, and keeps neither version, parameter group, security groups nor windows.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Member:
    number: int
    subnet_id: str | None
    zone: str


@dataclass
class Group:
    """Named as in moto where its snapshots read them."""

    replication_group_id: str
    arn: str
    description: str
    engine: str
    engine_version: str
    cache_node_type: str
    cache_parameter_group_name: str
    cache_subnet_group_name: str | None
    security_group_ids: list[str]
    port: int
    preferred_maintenance_window: str
    snapshot_window: str
    snapshot_retention_limit: int
    automatic_failover: str
    multi_az: str
    auto_minor_version_upgrade: bool
    at_rest_encryption_enabled: bool
    kms_key_id: str | None
    transit_encryption_enabled: bool
    transit_encryption_mode: str | None
    # The tokens that clients may give; None lets in those that give none.
    auth_tokens: list[str | None]
    auth_token_last_modified_date: datetime.datetime | None
    logs: dict[str, dict[str, Any]]
    created: datetime.datetime
    members: list[Member] = field(default_factory=list)
    primary: int = 1
    snapshotting_cluster_id: str | None = None
    # By member of CacheCluster.PendingModifiedValues; it waits for the maintenance window.
    pending: dict[str, str] = field(default_factory=dict)
    # What waits with a version, and no description shows: "Engine", "CacheParameterGroupName".
    pending_with_version: dict[str, str] = field(default_factory=dict)
    # Descriptions show it until a change to another one is over.
    former_engine: str | None = None
    parameters_in_sync: bool = True
    # Where it is on its way out: "", "snapshotting" or "deleting".
    going: str = ""

    @property
    def node_groups(self) -> list[str]:
        return ["0001"]

    def member_id(self, number: int) -> str:
        return f"{self.replication_group_id}-{number:03}"

    @property
    def member_ids(self) -> list[str]:
        return [self.member_id(member.number) for member in self.members]

    @property
    def has_token(self) -> bool:
        return any(token is not None for token in self.auth_tokens)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
