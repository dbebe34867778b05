"""CIDR blocks as EC2 keeps them.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html: "We modify the specified CIDR
block to its canonical form; for example, if you specify 100.68.0.18/18, we modify it to 100.68.0.0/18."
"""

from __future__ import annotations

import ipaddress

from ..operations import AwsError


def canonical(cidr_block: str, parameter: str) -> str:
    """The block with the bits behind its prefix cleared; refuses what is none."""
    try:
        if "/" not in cidr_block:
            raise ValueError(cidr_block)
        return str(ipaddress.ip_network(cidr_block, strict=False))
    except ValueError:
        raise AwsError(
            "InvalidParameterValue",
            f"Value ({cidr_block}) for parameter {parameter} is invalid. This is not a valid CIDR block.",
        ) from None
