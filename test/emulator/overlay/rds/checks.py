"""Keys and parameter groups that clusters and instances name.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: a key is named by its id,
ARN or alias, and shown by its ARN; without one it is that of alias/aws/rds. moto takes and shows anything.
"""

from __future__ import annotations

from typing import Any

from moto.kms.models import kms_backends

from ..operations import AwsError, Call


def default_key(call: Call) -> str:
    return f"arn:{call.partition}:kms:{call.region}:{call.account}:key/aws-rds"


def key_arn(call: Call, named: str | None) -> str | None:
    if named is None:
        return None
    backend: Any = kms_backends[call.account][call.region]
    key = backend.keys.get(backend.get_key_id(named))
    if key is None or key.key_state != "Enabled":
        message = f"Specified KMS key [{named}] does not exist, is not enabled or you do not have permissions"
        raise AwsError("KMSKeyNotAccessibleFault", f"{message} to access it.")
    return str(key.arn)


def check_parameter_group(call: Call, name: str, prefix: str) -> None:
    backend = call.response.backend
    groups = backend.db_cluster_parameter_groups if prefix == "DBCluster" else backend.db_parameter_groups
    if name in groups or name.startswith("default."):
        return
    code = "DBClusterParameterGroupNotFound" if prefix == "DBCluster" else "DBParameterGroupNotFound"
    raise AwsError(code, f"{prefix}ParameterGroup not found: {name}", 404)
