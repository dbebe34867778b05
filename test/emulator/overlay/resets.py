"""A reset forgets what there is, and makes nothing.

moto makes each backend anew, with AWS's 1,500 policies or EC2's images in it, and forgets the new ones right
after. Only those that have something to let go of (the open files of S3) are asked to.
"""

from __future__ import annotations

from moto.core import base_backend
from moto.core.base_backend import BackendDict, BaseBackend


def _reset(cls: type[BackendDict]) -> None:
    with base_backend.backend_lock:
        for services in BackendDict._instances:
            for account in services.values():
                for backend in account.values():
                    if type(backend).reset is not BaseBackend.reset:
                        backend.reset()
            services.clear()
        BackendDict._instances.clear()


BackendDict.reset = classmethod(_reset)  # type: ignore[method-assign, assignment]
