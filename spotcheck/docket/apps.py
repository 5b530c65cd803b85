"""The application of the docket."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class DocketConfig(AppConfig):
    """The dossier and its mechanisms."""

    name = "spotcheck.docket"
    label = "docket"
    verbose_name = "案卷"

    def ready(self) -> None:
        """Load what follows what, in package order, so that consequences happen in that order; alarms after them."""
        for config in apps.get_app_configs():
            for name in (f"{config.name}.consequences", f"{config.name}.alarms"):
                if config.name.startswith("spotcheck.") and config.name != self.name and find_spec(name):
                    import_module(name)
