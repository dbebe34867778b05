"""Storage of instances that stand alone.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html: it does not shrink, and grows
by at least a tenth. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html: while
AWS optimises it (`storage-optimization`) all but the storage can be changed. How long that is: lifecycle
"rds/instance", "storage-optimization"; without a duration it is not shown.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage: from 400 GiB on gp3 of
PostgreSQL has IOPS of its own, to be named together with the size; below it has none to be named.
"""

from __future__ import annotations

import math
from typing import Any

from .. import lifecycle
from ..operations import AwsError
from .states import INSTANCE, check_available

OPTIMIZING = "storage-optimization"

_OF_STORAGE = ("AllocatedStorage", "Iops", "StorageThroughput", "StorageType")
_OWN_IOPS_FROM_GIB = 400


def lasts_optimizing() -> bool:
    return lifecycle.lasts(INSTANCE, OPTIMIZING)


def check_storage(instance: Any, params: dict[str, Any]) -> bool:
    """Whether the storage is to be changed, which it can be."""
    is_changed = any(name in params for name in _OF_STORAGE)
    if instance.status != OPTIMIZING:
        check_available(instance)
    elif is_changed:
        message = "You can't currently modify the storage of this DB instance because the previous storage change"
        raise AwsError("InvalidParameterCombination", f"{message} is being optimized.")
    if is_changed:
        _check_size(instance, params)
    return is_changed


def _check_size(instance: Any, params: dict[str, Any]) -> None:
    size = params.get("AllocatedStorage", instance.allocated_storage)
    if size < instance.allocated_storage:
        raise AwsError("InvalidParameterCombination", "Requested storage must be at least the present one")
    if params.get("StorageType", instance.storage_type) != "gp3":
        return
    if size >= _OWN_IOPS_FROM_GIB and not {"AllocatedStorage", "Iops"} <= set(params):
        message = "You must specify both the storage size and iops when modifying the storage size or iops on a"
        raise AwsError("InvalidParameterCombination", f"{message} DB instance that has iops.")
    if size < _OWN_IOPS_FROM_GIB and "Iops" in params:
        message = f"You can't specify IOPS or storage throughput for engine {instance.engine} and a storage size"
        raise AwsError("InvalidParameterCombination", f"{message} less than {_OWN_IOPS_FROM_GIB}.")


def with_least_growth(instance: Any, params: dict[str, Any]) -> dict[str, Any]:
    asked = params.get("AllocatedStorage")
    if asked is None or asked <= instance.allocated_storage:
        return params
    return {**params, "AllocatedStorage": max(asked, math.ceil(instance.allocated_storage * 11 / 10))}
