"""The application of the parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Regions, offices, people and enterprises."""

    name = "spotcheck.parties"
    label = "parties"
    verbose_name = "机构与企业"
