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
        """Load what the chapters say on papers, lists and forms, then what follows what, each in package order."""
        from spotcheck.docket import consequences  # noqa: PLC0415 -- app ready

        loaded = []
        own = [config.name for config in apps.get_app_configs() if config.name.startswith("spotcheck.")]
        for together in (("papers",), ("consequences", "alarms"), ("calls", "offers")):
            for package in own:
                for module in together:
                    if package != self.name and find_spec(f"{package}.{module}"):
                        import_module(f"{package}.{module}")
                        loaded.append(f"{package}.{module}")
        consequences.put_in_order(loaded)
