"""The application of the chapter."""

from django.apps import AppConfig


class RemediationConfig(AppConfig):
    """第六章 结果处理: rectification, recheck, ban, announcement, publication, leads (Articles 42 to 57)."""

    name = "spotcheck.remediation"
    label = "remediation"
    verbose_name = "结果处理"
