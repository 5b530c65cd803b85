"""The application of the chapter."""

from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """第二章 监督抽查的组织: plan, task, bodies, draw (Articles 7 to 12)."""

    name = "spotcheck.planning"
    label = "planning"
    verbose_name = "监督抽查的组织"

    def ready(self) -> None:
        """Load what can be imported."""
        import_module(f"{self.name}.rule_sheets")
