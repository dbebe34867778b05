"""What moto works out anew for every request, although it never changes.

Which service a host is of: it lists the folders of its own package, and tries its two hundred patterns. Which
operations a service has: it looks through all members of the class that answers.
"""

from __future__ import annotations

from functools import cache

from moto.core import responses
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

DomainDispatcherApplication.get_backend_for_host = cache(  # type: ignore[method-assign]
    DomainDispatcherApplication.get_backend_for_host
)
responses.method_names_from_class = cache(responses.method_names_from_class)
