"""The application of the chapter."""

from django.apps import AppConfig


class SamplingConfig(AppConfig):
    """第三章 抽样: on site, online, and the custody of the units (Articles 12 to 26)."""

    name = "spotcheck.sampling"
    label = "sampling"
    verbose_name = "抽样"
