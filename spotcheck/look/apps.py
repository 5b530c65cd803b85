"""The application of the look."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """What the pages of all doors share."""

    name = "spotcheck.look"
    label = "look"
    verbose_name = "界面"
