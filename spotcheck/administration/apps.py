"""The application of the administration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Pages for those who administer, and for everybody's own absences and records."""

    name = "spotcheck.administration"
    label = "administration"
    verbose_name = "管理"
