"""Aurora clusters.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html: a name is taken once
(DBClusterAlreadyExistsFault; moto names the fault of snapshots); what it refers to exists; the storage type
`aurora` is not told, and is a defect in moto. API_ModifyDBCluster.html: only while it is available; the
parameter group of another major version comes with the upgrade to it, and fits no other.
API_DeleteDBCluster.html: not while it is stopped, protected or has members; a snapshot comes first unless it is
to be skipped. API_StopDBCluster.html, API_StartDBCluster.html.
API_EnableHttpEndpoint.html, API_DisableHttpEndpoint.html: which moto lacks.
"""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBCluster
from moto.rds.responses import RDSResponse

from .. import staleness
from ..operations import AwsError, Call, operation
from .checks import check_parameter_group, default_key, key_arn
from .modifications import apply_value, export_logs, set_performance_insights, split, version_of
from .passwords import change_password, check_password
from .snapshots import take_cluster_snapshot
from .states import apply_pending, begin, begin_creation, check_available, remember_pending, shown_as
from .subnet_groups import group_of as subnet_group_of

DBCluster.default_allocated_storage = staticmethod(lambda engine, storage_type: 1)  # type: ignore[method-assign]
DBCluster.http_endpoint_enabled = property(  # type: ignore[assignment,method-assign]
    lambda cluster: cluster.__dict__.get("http_endpoint", False)
)


def cluster_of(call: Call) -> Any:
    name = call.params["DBClusterIdentifier"]
    cluster = call.response.backend.clusters.get(name)
    if cluster is None:
        raise AwsError("DBClusterNotFoundFault", f"DBCluster {name} not found.", 404)
    return cluster


@operation(RDSResponse, "CreateDBCluster")
def create(call: Call) -> Any:
    params, backend = call.params, call.response.backend
    name = params["DBClusterIdentifier"].lower()
    if name in backend.clusters:
        raise AwsError("DBClusterAlreadyExistsFault", f"DB Cluster already exists: {name}")
    if "DBSubnetGroupName" in params:
        subnet_group_of(call, params["DBSubnetGroupName"])
    if "DBClusterParameterGroupName" in params:
        check_parameter_group(call, params["DBClusterParameterGroupName"], "DBCluster")
    if "MasterUserPassword" in params:
        check_password(params["MasterUserPassword"])
    key = key_arn(call, params.get("KmsKeyId"))
    if "EngineVersion" in params:
        call.response.params["EngineVersion"] = version_of(params["EngineVersion"])
    call.original()
    cluster = backend.clusters[name]
    cluster.http_endpoint = params.get("EnableHttpEndpoint", False)
    finish_creation(call, cluster, key)
    begin_creation(cluster)
    return {"DBCluster": shown_as(cluster, "creating")}


def finish_creation(call: Call, cluster: Any, key: str | None) -> None:
    if "DBClusterParameterGroupName" not in call.params:
        cluster.parameter_group = f"default.{cluster.engine}{_major(cluster.engine_version)}"
    cluster.kms_key_id = (key or default_key(call)) if cluster.storage_encrypted else None
    cluster.preferred_maintenance_window = cluster.preferred_maintenance_window.lower()
    # Aurora knows two storage types, and does not name the usual one.
    cluster.storage_type = None if cluster.storage_type in ("aurora", "gp2") else cluster.storage_type
    set_performance_insights(cluster, call.params, default_key(call))
    staleness.written(cluster.arn)


def check_family(call: Call, group: str, engine: str, version: str) -> None:
    groups = call.response.backend.db_cluster_parameter_groups
    family = groups[group].db_parameter_group_family if group in groups else group.removeprefix("default.")
    if engine.startswith("aurora") and family != f"{engine}{_major(version)}":
        message = f"The Parameter Group {group} with DBParameterGroupFamily {family} can't be used for"
        raise AwsError("InvalidParameterCombination", f"{message} this cluster. Use one of {engine}{version}.")


def _major(version: str) -> str:
    return version.split(".")[0]


@operation(RDSResponse, "ModifyDBCluster")
def modify(call: Call) -> Any:
    cluster = cluster_of(call)
    check_available(cluster)
    _check_version(cluster, call.params)
    group = call.params.get("DBClusterParameterGroupName")
    if group is not None:
        check_parameter_group(call, group, "DBCluster")
        version = call.params.get("EngineVersion", cluster.engine_version)
        check_family(call, group, cluster.engine, version)
    _check_group_of_instances(call, cluster)
    params = change_password(cluster, call.params)
    if params.get("ApplyImmediately", False):
        apply_pending(cluster)
    now, later = split(cluster, params)
    if "EngineVersion" in later:
        later["EngineVersion"] = version_of(later["EngineVersion"])
        # Of the group PendingModifiedValues say nothing.
        if _major(later["EngineVersion"]) != _major(cluster.engine_version) and group is not None:
            later["DBClusterParameterGroupName"] = now.pop("DBClusterParameterGroupName")
    for name, value in now.items():
        apply_value(cluster, name, value)
    remember_pending(cluster, later)
    export_logs(cluster, params.get("CloudwatchLogsExportConfiguration", {}))
    set_performance_insights(cluster, params, default_key(call))
    begin(cluster, "modifying")
    # AWS shows the new state a moment later.
    return {"DBCluster": shown_as(cluster, "available")}


def _check_group_of_instances(call: Call, cluster: Any) -> None:
    """Only an upgrade to another major version gives instances a group; without one they get the default one."""
    group = call.params.get("DBInstanceParameterGroupName")
    if group is None:
        return
    version = version_of(call.params.get("EngineVersion", cluster.engine_version))
    if _major(version) == _major(cluster.engine_version):
        message = "DBInstanceParameterGroupName is valid for a major version upgrade only."
        raise AwsError("InvalidParameterCombination", message)
    check_parameter_group(call, group, "DB")
    cluster.__dict__["group_of_instances"] = group


def _check_version(cluster: Any, params: dict[str, Any]) -> None:
    wanted = version_of(params.get("EngineVersion", cluster.engine_version)).split(".")
    present = cluster.engine_version.split(".")
    if [int(part) for part in wanted] < [int(part) for part in present]:
        message = f"Cannot upgrade {cluster.engine} from {'.'.join(present)} to {'.'.join(wanted)}"
        raise AwsError("InvalidParameterCombination", message)
    if wanted[0] != present[0] and not params.get("AllowMajorVersionUpgrade", False):
        message = "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        raise AwsError("InvalidParameterCombination", message)


@operation(RDSResponse, "DeleteDBCluster")
def delete(call: Call) -> Any:
    cluster, params = cluster_of(call), call.params
    if cluster.deletion_protection:
        message = "Cannot delete protected Cluster, please disable deletion protection and try again."
        raise AwsError("InvalidParameterCombination", message)
    check_available(cluster)
    if any(member.status != "deleting" for member in cluster.members):
        message = "Cluster cannot be deleted, it still contains DB instances in non-deleting state."
        raise AwsError("InvalidDBClusterStateFault", message)
    if not params.get("SkipFinalSnapshot", False):
        if "FinalDBSnapshotIdentifier" not in params:
            message = "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            raise AwsError("InvalidParameterCombination", message)
        cluster.final_snapshot = take_cluster_snapshot(call, cluster, params["FinalDBSnapshotIdentifier"])
    begin(cluster, "deleting", then="deleted")
    return {"DBCluster": shown_as(cluster, "deleting")}


@operation(RDSResponse, "StopDBCluster")
def stop(call: Call) -> Any:
    cluster = cluster_of(call)
    check_available(cluster)
    for member in cluster.members:
        check_available(member)
    begin(cluster, "stopping", then="stopped")
    return {"DBCluster": shown_as(cluster, "stopping")}


@operation(RDSResponse, "StartDBCluster")
def start(call: Call) -> Any:
    cluster = cluster_of(call)
    if cluster.status != "stopped":
        message = f"DbCluster {cluster.db_cluster_identifier} is in {cluster.status} state but expected it to be"
        raise AwsError(
            "InvalidDBClusterStateFault",
            f"{message} one of stopped,inaccessible-encryption-credentials-recoverable.",
        )
    begin(cluster, "starting")
    return {"DBCluster": shown_as(cluster, "starting")}


@operation(RDSResponse, "EnableHttpEndpoint", "DisableHttpEndpoint")
def set_http_endpoint(call: Call) -> Any:
    arn = call.params["ResourceArn"]
    clusters = call.response.backend.clusters.values()
    cluster = next((cluster for cluster in clusters if cluster.arn == arn), None)
    if cluster is None:
        raise AwsError("ResourceNotFoundFault", f"The specified resource {arn} doesn't exist.", 404)
    if cluster.status != "available":
        raise AwsError("InvalidResourceStateFault", f"{arn} is in {cluster.status} state.")
    cluster.http_endpoint = call.response._get_action() == "EnableHttpEndpoint"
    return {"ResourceArn": arn, "HttpEndpointEnabled": cluster.http_endpoint}
