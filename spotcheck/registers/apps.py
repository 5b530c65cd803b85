"""The application of the registers."""

from importlib import import_module

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """People, posts and offices, and what is done with them."""

    name = "spotcheck.registers"
    label = "registers"
    verbose_name = "名录"

    def ready(self) -> None:
        """Load what is carried out when a proposal is confirmed, and the kinds of import."""
        for module in ("people", "posts", "site_rules"):
            import_module(f"{self.name}.{module}")
        for kind in ("office", "body", "people", "kind", "firm", "frame"):
            import_module(f"{self.name}.{kind}_sheets")
