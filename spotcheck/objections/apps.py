"""The application of the chapter."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """第五章 异议处理: objection and retest (Articles 35 to 41)."""

    name = "spotcheck.objections"
    label = "objections"
    verbose_name = "异议处理"
