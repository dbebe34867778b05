"""Flow logs.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html: a log group is given by name
or as LogDestination; a bucket may have a prefix behind it, which moto takes for a part of the bucket's name.
What fails for a resource comes in `Unsuccessful` of a successful answer, for deletions too, where moto
refuses the whole call.
https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html: a group that cannot be
written to is told as the status of the deliveries, as it is when it is asked for.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html: filters and pages.
"""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException
from moto.ec2.models.flow_logs import FlowLogs
from moto.ec2.responses import EC2Response
from moto.ec2.utils import random_flow_log_id
from moto.logs.models import logs_backends
from moto.s3.models import s3_backends

from .. import staleness
from ..operations import AwsError, Call, operation
from .described import check_tag_specifications, described, required, tag_on_creation, tags_of

_DEFAULT_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} "
    "${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)

_FILTERS = {
    "deliver-log-status": "DeliverLogsStatus",
    "flow-log-id": "FlowLogId",
    "log-destination-type": "LogDestinationType",
    "log-group-name": "LogGroupName",
    "resource-id": "ResourceId",
    "traffic-type": "TrafficType",
}


@operation(EC2Response, "CreateFlowLogs")
def create(call: Call) -> Any:
    required(call, "ResourceIds", "ResourceType", "TrafficType")
    check_tag_specifications(call, "vpc-flow-log")
    _check(call.params)
    made, unsuccessful = [], []
    for resource_id in call.params["ResourceIds"]:
        try:
            made.append(_make(call, resource_id).id)
        except ServiceException as error:
            item = {"ResourceId": resource_id, "Error": {"Code": error.code, "Message": error.message}}
            unsuccessful.append(item)
    return {"FlowLogIds": made, "Unsuccessful": unsuccessful}


def _check(params: dict[str, Any]) -> None:
    kind = params.get("LogDestinationType", "cloud-watch-logs")
    group, destination = params.get("LogGroupName"), params.get("LogDestination")
    if kind == "kinesis-data-firehose":
        raise NotImplementedError("Flow logs to Firehose are not implemented by the emulator.")
    if group is None and destination is None:
        raise _invalid("LogDestination can't be empty if LogGroupName is not provided.")
    if group is not None and destination is not None:
        raise _invalid("Please only provide LogGroupName or only provide LogDestination.")
    if params.get("MaxAggregationInterval", 600) not in (60, 600):
        raise _invalid("Invalid Flow Log Max Aggregation Interval")
    if kind == "s3":
        if group is not None:
            raise _invalid("LogGroupName is not applicable for s3 delivery")
        if "DeliverLogsPermissionArn" in params:
            raise _invalid("DeliverLogsPermissionArn is not applicable for s3 delivery")
        if not destination.startswith("arn:") or ":s3:::" not in destination:
            raise _invalid(f"LogDestination: {destination} is not an ARN of a bucket")
        if "AWSLogs" in destination.split("/")[1:]:
            raise _invalid("AWSLogs is a reserved name and cannot be a subfolder of LogDestination")
    elif not params.get("DeliverLogsPermissionArn"):
        raise _invalid("DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.")
    elif destination is not None and ":log-group:" not in destination:
        raise _invalid(f"LogDestination: {destination} is not an ARN of a log group")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameter", message)


def _make(call: Call, resource_id: str) -> FlowLogs:
    backend, params = call.response.ec2_backend, call.params
    _check_resource(backend, params["ResourceType"], resource_id)
    destination, group = params.get("LogDestination"), params.get("LogGroupName")
    kind = params.get("LogDestinationType", "cloud-watch-logs")
    if kind == "s3":
        bucket = destination.split(":::", 1)[1].split("/")[0]
        if bucket not in s3_backends[call.account][call.partition].buckets:
            raise AwsError("400", f"LogDestination: {bucket} does not exist.")
    elif group is None:
        group = destination.split(":log-group:", 1)[1]
    for other in backend.flow_logs.values():
        same = (other.resource_id, other.traffic_type, other.log_destination_type) == (
            resource_id,
            params["TrafficType"],
            kind,
        )
        if same and (other.log_group_name == group if group else other.log_destination == destination):
            message = "Error. There is an existing Flow Log with the same configuration and log destination."
            raise AwsError("FlowLogAlreadyExists", message)
    flow_log = FlowLogs(
        backend,
        random_flow_log_id(),
        resource_id,
        params["TrafficType"],
        destination,
        group,
        params.get("DeliverLogsPermissionArn"),
        params.get("MaxAggregationInterval", 600),
        kind,
        params.get("LogFormat", _DEFAULT_FORMAT),
    )
    flow_log.destination_options = params.get("DestinationOptions")
    backend.flow_logs[flow_log.id] = flow_log
    tag_on_creation(call, flow_log.id, "vpc-flow-log")
    staleness.written(flow_log.id)
    return flow_log


def _check_resource(backend: Any, resource_type: str, resource_id: str) -> None:
    if resource_type == "VPC":
        backend.get_vpc(resource_id)
    elif resource_type == "Subnet":
        backend.get_subnet(resource_id)
    elif resource_type == "NetworkInterface":
        backend.get_network_interface(resource_id)
    else:
        raise NotImplementedError(f"Flow logs of {resource_type} are not implemented by the emulator.")


@operation(EC2Response, "DeleteFlowLogs")
def delete(call: Call) -> Any:
    required(call, "FlowLogIds")
    backend, unsuccessful = call.response.ec2_backend, []
    for flow_log_id in call.params["FlowLogIds"]:
        if backend.flow_logs.pop(flow_log_id, None) is None:
            error = {"Code": "InvalidFlowLogId.NotFound", "Message": _missing(flow_log_id)}
            unsuccessful.append({"ResourceId": flow_log_id, "Error": error})
        backend.tags.pop(flow_log_id, None)
    return {"Unsuccessful": unsuccessful}


def _missing(flow_log_id: str) -> str:
    return f"These flow log ids in the input list are not found: [TotalCount: 1] {flow_log_id}"


@operation(EC2Response, "DescribeFlowLogs")
def describe(call: Call) -> Any:
    shown = [_shown(call, flow_log) for flow_log in call.response.ec2_backend.flow_logs.values()]
    ids = call.params.get("FlowLogIds", [])
    missing = "InvalidFlowLogId.NotFound"
    page, token = described(call, shown, "FlowLogId", ids, _FILTERS, missing)
    return {"FlowLogs": page, "NextToken": token}


def _shown(call: Call, flow_log: Any) -> dict[str, Any]:
    group = flow_log.log_group_name
    delivers = group is None or group in logs_backends[call.account][call.region].groups
    return {
        "FlowLogId": flow_log.id,
        "FlowLogStatus": flow_log.flow_log_status,
        "CreationTime": flow_log.creation_time,
        "ResourceId": flow_log.resource_id,
        "TrafficType": flow_log.traffic_type,
        "LogDestinationType": flow_log.log_destination_type,
        "LogDestination": flow_log.log_destination,
        "LogGroupName": group,
        "LogFormat": flow_log.log_format,
        "DeliverLogsPermissionArn": flow_log.deliver_logs_permission_arn,
        "DeliverLogsStatus": "SUCCESS" if delivers else "FAILED",
        "DeliverLogsErrorMessage": None if delivers else "Access error",
        "MaxAggregationInterval": flow_log.max_aggregation_interval,
        "DestinationOptions": flow_log.destination_options,
        "Tags": tags_of(call.response.ec2_backend, flow_log.id),
    }
