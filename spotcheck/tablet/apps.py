"""The application of the tablet's door."""

from django.apps import AppConfig


class TabletConfig(AppConfig):
    """Addresses for tablets."""

    name = "spotcheck.tablet"
    label = "tablet"
    verbose_name = "平板接口"
