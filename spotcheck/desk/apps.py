"""The application of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages for people at a desk."""

    name = "spotcheck.desk"
    label = "desk"
    verbose_name = "案台"
