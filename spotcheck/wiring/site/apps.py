"""The application of the wiring: no tables, only what must happen once when Django starts."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Settings, addresses, servers."""

    name = "spotcheck.wiring"
    label = "wiring"

    def ready(self) -> None:
        """Load our Celery, so that a task that is sent from here goes to our broker."""
        from spotcheck.wiring.site import celery_app  # noqa: F401, PLC0415 -- app ready
