"""VPC peering connections.

https://docs.aws.amazon.com/vpc/latest/peering/delete-vpc-peering-connection.html: only the console deletes
them together with a VPC; a VPC with an active one, or with a request that waits for its answer, is not
deleted by the API. moto deletes it.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html: filters, of
which moto has none; here are those by state and VPC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.responses import EC2Response

from ..operations import Call, operation
from .filters import matches

_FILTERS = {
    "status-code": lambda connection: connection.status["Code"],
    "requester-vpc-info.vpc-id": lambda connection: connection.vpc.id,
    "accepter-vpc-info.vpc-id": lambda connection: connection.peer_vpc.id,
}


@operation(EC2Response, "DescribeVpcPeeringConnections")
def describe_vpc_peering_connections(call: Call) -> Any:
    found = call.original().result["VpcPeeringConnections"]
    for wanted in call.params.get("Filters", []):
        read = _FILTERS.get(wanted["Name"])
        if read is None:
            raise NotImplementedError(f"The filter {wanted['Name']} is not implemented by the emulator.")
        found = [each for each in found if matches(read(each), wanted["Values"])]
    return {"VpcPeeringConnections": found}


def connections_keeping(backend: Any, vpc_id: str) -> Iterator[Any]:
    """Those that keep a VPC from being deleted."""
    for connection in backend.vpc_pcxs.values():
        state = connection.status["Code"]
        if state == "active" and vpc_id in (connection.vpc.id, connection.peer_vpc.id):
            yield connection
        if state == "pending-acceptance" and vpc_id == connection.peer_vpc.id:
            yield connection
