"""A process that has everything loaded and forks itself for each emulator that is asked for.

Loading moto, and botocore's models, takes more than a second of a processor; a fork takes milliseconds. Who
connects sends a line of JSON (see launcher.py) and is answered with one. The fork lives as long as the connection.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from typing import Any

from moto.backends import get_backend
from moto.core.base_backend import BackendDict
from moto.core.utils import get_service_model
from moto.moto_api._internal import mock_random

# What the tests call, by moto's name of the service and botocore's.
_SERVICES = {
    "applicationautoscaling": "application-autoscaling",
    "cloudwatch": "cloudwatch",
    "dynamodb": "dynamodb",
    "ec2": "ec2",
    "ecr": "ecr",
    "ecs": "ecs",
    "elasticache": "elasticache",
    "elb": None,
    "elbv2": "elbv2",
    "iam": "iam",
    "kms": "kms",
    "logs": "logs",
    "moto_api": None,
    "rds": "rds",
    "resourcegroupstaggingapi": "resourcegroupstaggingapi",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sns": "sns",
    "sts": "sts",
    "wafv2": "wafv2",
}


def warm_up(dispatcher: Any) -> None:
    """Loads what moto otherwise loads with the first request for a service. No backend is left."""
    for name, model in _SERVICES.items():
        get_backend(name)  # type: ignore[call-overload]
        dispatcher.app_instances[name] = dispatcher.create_app(name)
        if model is not None:
            get_service_model(model)
    BackendDict.reset()


def fork_for_each(path: str) -> socket.socket:
    """Returns in each fork, with the connection that it is for; not in this process, which ends with its standard input."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print(f"listening on {path}", flush=True)
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        if 0 in ready and not os.read(0, 4096):
            os._exit(0)
        if listener not in ready:
            continue
        connection, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            # Or all of them would give the same ids.
            mock_random.seed()
            return connection
        connection.close()
