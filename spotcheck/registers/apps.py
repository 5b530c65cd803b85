"""The application of the registers."""

from importlib import import_module

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """People, posts and offices, and what is done with them."""

    name = "spotcheck.registers"
    label = "registers"
    verbose_name = "名录"

    def ready(self) -> None:
        """Load what is carried out when a proposal is confirmed."""
        for module in ("people", "posts"):
            import_module(f"{self.name}.{module}")
