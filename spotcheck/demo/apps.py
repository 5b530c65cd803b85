"""The application of the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo province."""

    name = "spotcheck.demo"
    label = "demo"
    verbose_name = "演示"
