"""The application of the laboratories' door."""

from django.apps import AppConfig


class LaboratoriesConfig(AppConfig):
    """Addresses for programs of laboratories."""

    name = "spotcheck.laboratories"
    label = "laboratories"
    verbose_name = "检验机构接口"
