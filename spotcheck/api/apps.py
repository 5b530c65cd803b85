"""The application of the programs' door."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Credentials, kept answers, refused requests."""

    name = "spotcheck.api"
    label = "api"
    verbose_name = "程序接口"
