"""Failover of a cluster.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_FailoverDBCluster.html: of a cluster that is
available, which is `failing-over` meanwhile. Who is the writer is moto's.
"""

from __future__ import annotations

from typing import Any

from moto.rds.responses import RDSResponse

from ..operations import Call, operation
from .clusters import cluster_of
from .states import begin, check_available


@operation(RDSResponse, "FailoverDBCluster")
def fail_over(call: Call) -> Any:
    cluster = cluster_of(call)
    check_available(cluster)
    answer = call.original()
    begin(cluster, "failing-over")
    return answer
