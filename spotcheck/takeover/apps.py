"""The application of old cases."""

from importlib import import_module

from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    """Cases that come in from an old system (Articles 42, 53)."""

    name = "spotcheck.takeover"
    label = "takeover"
    verbose_name = "旧案移入"

    def ready(self) -> None:
        """Load the kind of import."""
        import_module(f"{self.name}.sheets")
