"""Snapshots, which take their time.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterSnapshot.html and
API_CreateDBSnapshot.html: of what is available only, which is `backing-up` meanwhile; at first `creating`,
then `available`, or `failed`.
"""

from __future__ import annotations

from typing import Any

from moto.rds.responses import RDSResponse

from .. import lifecycle
from ..operations import AwsError, Call, operation
from .states import SNAPSHOT, begin, check_available, shown_as


def take_cluster_snapshot(call: Call, cluster: Any, name: str, tags: Any = None) -> Any:
    backend = call.response.backend
    if name in backend.cluster_snapshots:
        message = f"Cannot create the snapshot because one with the identifier {name} already exists."
        raise AwsError("DBClusterSnapshotAlreadyExistsFault", message)
    snapshot = backend.create_db_cluster_snapshot(cluster.db_cluster_identifier, name, tags=tags)
    _begin(snapshot)
    return snapshot


def take_instance_snapshot(call: Call, instance: Any, name: str, tags: Any = None) -> Any:
    backend = call.response.backend
    if name in backend.database_snapshots:
        message = f"Cannot create the snapshot because one with the identifier {name} already exists."
        raise AwsError("DBSnapshotAlreadyExists", message)
    snapshot = backend.create_db_snapshot(instance.db_instance_identifier, name, tags=tags)
    _begin(snapshot)
    return snapshot


def _begin(snapshot: Any) -> None:
    fails = lifecycle.lasts(SNAPSHOT, "failed")
    lifecycle.begin(SNAPSHOT, snapshot.arn, "creating", then="failed" if fails else "available")


@operation(RDSResponse, "CreateDBClusterSnapshot")
def create_of_cluster(call: Call) -> Any:
    name = call.params["DBClusterIdentifier"]
    cluster = call.response.backend.clusters.get(name)
    if cluster is None:
        raise AwsError("DBClusterNotFoundFault", f"DBCluster {name} not found.", 404)
    check_available(cluster)
    wanted = call.params["DBClusterSnapshotIdentifier"].lower()
    snapshot = take_cluster_snapshot(call, cluster, wanted, call.params.get("Tags"))
    begin(cluster, "backing-up")
    return {"DBClusterSnapshot": shown_as(snapshot, "creating")}


@operation(RDSResponse, "CreateDBSnapshot")
def create_of_instance(call: Call) -> Any:
    name = call.params["DBInstanceIdentifier"]
    instance = call.response.backend.databases.get(name)
    if instance is None:
        raise AwsError("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    check_available(instance)
    wanted = call.params["DBSnapshotIdentifier"].lower()
    snapshot = take_instance_snapshot(call, instance, wanted, call.params.get("Tags"))
    begin(instance, "backing-up")
    return {"DBSnapshot": shown_as(snapshot, "creating")}
