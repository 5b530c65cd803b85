"""The application of the casework."""

from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Who brings a case on in an office, and what is handed over."""

    name = "spotcheck.casework"
    label = "casework"
    verbose_name = "承办"

    def ready(self) -> None:
        """Register what is asked before a post ends, and a kind of import."""
        for module in ("owning", "mail_sheets"):
            import_module(f"{self.name}.{module}")
