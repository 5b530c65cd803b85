"""The application of what every door needs."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Drafts, and whatever else of the doors is a table."""

    name = "spotcheck.casework"
    label = "casework"
    verbose_name = "办案"
