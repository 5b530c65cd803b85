"""The application of the public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages without signing in."""

    name = "spotcheck.public"
    label = "public"
    verbose_name = "公众查询"
