"""Listeners.

https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html: one on a port. With the
same settings a second call gives back the first listener, with others it is DuplicateListener; moto makes a second
one. HTTPS has exactly one certificate and a policy, HTTP neither.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html: what becomes HTTP loses
both. A target group serves one load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html: pages.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import elbv2_backends
from moto.elbv2.responses import ELBV2Response
from moto.elbv2.ssl_policies import SSL_POLICIES

from ..operations import AwsError, Call, operation
from .actions import as_shown, groups_in, show_actions
from .pages import check_named, invalid, page

_DEFAULT_POLICY = "ELBSecurityPolicy-2016-08"


@operation(ELBV2Response, "CreateListener")
def create(call: Call) -> Any:
    params = call.params
    balancer = call.response.elbv2_backend.load_balancers.get(params["LoadBalancerArn"])
    if balancer is None:
        raise AwsError("LoadBalancerNotFound", f"Load balancer '{params['LoadBalancerArn']}' not found")
    _check_security(params.get("Protocol"), params)
    existing = _on_port(balancer, params.get("Port"))
    if existing is not None:
        if _settings_of(existing) == _settings_in(params):
            return {"Listeners": [existing]}
        raise _duplicate(params["Port"])
    _check_groups(balancer, params["DefaultActions"])
    answer = call.original()
    listener = _on_port(balancer, params["Port"])
    if listener.protocol == "HTTP":
        listener.ssl_policy = None
    show_actions(listener)
    return answer


def _on_port(balancer: Any, port: int | None) -> Any:
    return next((each for each in balancer.listeners.values() if int(each.port) == port), None)


def _settings_in(params: dict[str, Any]) -> tuple[Any, ...]:
    protocol = params.get("Protocol")
    certificates = [each["CertificateArn"] for each in params.get("Certificates", [])]
    policy = params.get("SslPolicy", _DEFAULT_POLICY if protocol == "HTTPS" else None)
    return protocol, policy, certificates, [as_shown(action) for action in params["DefaultActions"]]


def _settings_of(listener: Any) -> tuple[Any, ...]:
    actions = [as_shown(action.data) for action in listener.default_actions]
    return listener.protocol, listener.ssl_policy, listener.certificates[:1], actions


def _check_security(protocol: str | None, params: dict[str, Any]) -> None:
    certificates = params.get("Certificates", [])
    if protocol == "HTTPS" and len(certificates) != 1:
        raise invalid("A certificate must be specified for HTTPS listeners")
    if protocol == "HTTP" and (certificates or "SslPolicy" in params):
        raise invalid("Certificates and security policies cannot be specified for HTTP listeners")
    policy = params.get("SslPolicy", _DEFAULT_POLICY)
    if policy not in SSL_POLICIES:
        raise AwsError("SSLPolicyNotFound", f"SSL policy '{policy}' not found")


def _check_groups(balancer: Any, actions: list[dict[str, Any]]) -> None:
    backend = elbv2_backends[balancer.arn.split(":")[4]][balancer.arn.split(":")[3]]
    for arn in {arn for action in actions for arn in groups_in(action)}:
        group = backend.target_groups.get(arn)
        if group is None:
            raise AwsError("TargetGroupNotFound", f"One or more target groups not found: '{arn}'")
        if group.vpc_id != balancer.vpc_id:
            message = f"The following target groups are not in the same VPC as the load balancer: {arn}"
            raise AwsError("InvalidConfigurationRequest", message)
        if any(other != balancer.arn for other in group.load_balancer_arns):
            message = f"The following target groups cannot be associated with more than one load balancer: {arn}"
            raise AwsError("TargetGroupAssociationLimit", message)


def _duplicate(port: int) -> AwsError:
    message = f"A listener already exists on this port for this load balancer: '{port}'"
    return AwsError("DuplicateListener", message)


@operation(ELBV2Response, "ModifyListener")
def modify(call: Call) -> Any:
    params = call.params
    balancer, listener = _listener_of(call, params["ListenerArn"])
    port, protocol = params.get("Port"), params.get("Protocol", listener.protocol)
    if port is not None and _on_port(balancer, port) not in (None, listener):
        raise _duplicate(port)
    certificates = params.get("Certificates") or [{"CertificateArn": each} for each in listener.certificates]
    given = {**params, "Certificates": certificates if protocol == "HTTPS" else params.get("Certificates", [])}
    _check_security(protocol, given)
    _check_groups(balancer, params.get("DefaultActions", []))
    answer = call.original()
    if protocol == "HTTP":
        listener.ssl_policy, listener.certificate, listener.certificates = None, None, []
    elif listener.ssl_policy is None:
        listener.ssl_policy = _DEFAULT_POLICY
    show_actions(listener)
    return answer


def _listener_of(call: Call, arn: str) -> tuple[Any, Any]:
    for balancer in call.response.elbv2_backend.load_balancers.values():
        if arn in balancer.listeners:
            return balancer, balancer.listeners[arn]
    raise AwsError("ListenerNotFound", f"One or more listeners not found: '{arn}'")


@operation(ELBV2Response, "DescribeListeners")
def describe(call: Call) -> Any:
    check_named(call, "ListenerArns")
    arns = call.params.get("ListenerArns", [])
    balancer_arn = call.params.get("LoadBalancerArn")
    if (balancer_arn is None) == (not arns):
        raise invalid("You must specify either listener ARNs or a load balancer ARN")
    if balancer_arn is None:
        return page(call, "Listeners", [_listener_of(call, arn)[1] for arn in arns])
    balancer = call.response.elbv2_backend.load_balancers.get(balancer_arn)
    if balancer is None:
        raise AwsError("LoadBalancerNotFound", f"Load balancer '{balancer_arn}' not found")
    return page(call, "Listeners", list(balancer.listeners.values()))
