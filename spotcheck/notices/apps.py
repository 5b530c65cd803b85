"""The application of the papers."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Papers and messages."""

    name = "spotcheck.notices"
    label = "notices"
    verbose_name = "文书"
