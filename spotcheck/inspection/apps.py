"""The application of the chapter."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """第四章 检验: inspection, report, notice of the result, conclusion (Articles 27 to 34)."""

    name = "spotcheck.inspection"
    label = "inspection"
    verbose_name = "检验"
