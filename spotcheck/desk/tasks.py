"""Celery doors of the desk: each wakes one function and carries no date."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(ignore_result=True)
def clear_sessions() -> None:
    """Every night: sessions that have expired are forgotten, with whose they were."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
