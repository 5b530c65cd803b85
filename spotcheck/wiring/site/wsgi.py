"""The door for a web server: ``gunicorn spotcheck.wiring.site.wsgi``."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")

_headers = Response.default_headers


def _without_a_name(response: Any) -> list[str]:
    """What stands before every answer, but for the name of the server: nobody outside need know what to try."""
    return [line for line in _headers(response) if not line.startswith("Server:")]


setattr(Response, "default_headers", _without_a_name)  # noqa: B010 -- gunicorn has no setting for it
application = get_wsgi_application()
