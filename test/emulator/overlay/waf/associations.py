"""What a web ACL protects.

https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html: a resource has one web ACL at most, and
the last one counts, where moto keeps both. A load balancer must be there and active, and a web ACL that was made a
moment ago may be WAFUnavailableEntityException (lifecycle "waf/web-acl", "propagating").
https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html: for a while afterwards AWS may refuse
to delete the web ACL (lifecycle "waf/web-acl", "disassociating").
https://docs.aws.amazon.com/waf/latest/APIReference/API_ListResourcesForWebACL.html: which moto lacks; those of one type,
load balancers if none is given.
https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACLForResource.html: of a load balancer that is there.
A load balancer that is deleted is no longer protected.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.wafv2.models import wafv2_backends
from moto.wafv2.responses import WAFV2Response

from .. import lifecycle
from ..operations import AwsError, Call, operation
from .rules import invalid
from .web_acls import TYPE, backend_of, not_found

_LOAD_BALANCER = ":loadbalancer/app/"
_PART_OF_ARN = {
    "API_GATEWAY": ":apigateway:",
    "APPLICATION_LOAD_BALANCER": _LOAD_BALANCER,
    "APPSYNC": ":appsync:",
    "APP_RUNNER_SERVICE": ":apprunner:",
    "COGNITO_USER_POOL": ":cognito-idp:",
    "VERIFIED_ACCESS_INSTANCE": ":verified-access-instance/",
}


def _load_balancer(call: Call, arn: str) -> Any:
    return elbv2_backends[call.account][call.region].load_balancers.get(arn)


@operation(WAFV2Response, "AssociateWebACL")
def associate(call: Call) -> Any:
    backend, resource = backend_of(call), call.params["ResourceArn"]
    acl = backend.wacls.get(call.params["WebACLArn"])
    if acl is None:
        raise not_found()
    if not any(part in resource for part in _PART_OF_ARN.values()):
        raise invalid("RESOURCE_ARN", resource, "The ARN isn't valid.")
    if _LOAD_BALANCER in resource:
        balancer = _load_balancer(call, resource)
        if balancer is None or balancer.state == "provisioning":
            raise _unavailable()
    if lifecycle.current(TYPE, acl.arn, "available") == "propagating":
        raise _unavailable()
    for other in backend.wacls.values():
        other.associated_resources = [arn for arn in other.associated_resources if arn != resource]
    return call.original()


def _unavailable() -> AwsError:
    message = "AWS WAF couldn’t retrieve the resource that you requested. Retry your request."
    return AwsError("WAFUnavailableEntityException", message)


@operation(WAFV2Response, "DisassociateWebACL")
def disassociate(call: Call) -> Any:
    _check_load_balancer(call)
    acl = backend_of(call).get_web_acl_for_resource(call.params["ResourceArn"])
    if acl is not None:
        lifecycle.begin(TYPE, acl.arn, "disassociating", then="available")
    return call.original()


@operation(WAFV2Response, "GetWebACLForResource")
def of_resource(call: Call) -> Any:
    _check_load_balancer(call)
    return call.original()


def _check_load_balancer(call: Call) -> None:
    arn = call.params["ResourceArn"]
    if _LOAD_BALANCER in arn and _load_balancer(call, arn) is None:
        raise not_found()


@operation(WAFV2Response, "ListResourcesForWebACL")
def list_resources(call: Call) -> Any:
    acl = backend_of(call).wacls.get(call.params["WebACLArn"])
    if acl is None:
        raise not_found()
    part = _PART_OF_ARN[call.params.get("ResourceType", "APPLICATION_LOAD_BALANCER")]
    return {"ResourceArns": [arn for arn in acl.associated_resources if part in arn]}


_delete_load_balancer = ELBv2Backend.delete_load_balancer


def _delete_with_association(self: Any, arn: str) -> None:
    _delete_load_balancer(self, arn)
    wafv2_backends[self.account_id][self.region_name].disassociate_web_acl(arn)


ELBv2Backend.delete_load_balancer = _delete_with_association  # type: ignore[method-assign]
