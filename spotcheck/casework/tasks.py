"""Celery doors of casework: each wakes one function and carries no date."""

from celery import shared_task

from spotcheck.casework import drafts


@shared_task(ignore_result=True)
def forget_old_drafts() -> None:
    """Every night: what was typed, not sent and not touched for two weeks is forgotten."""
    drafts.forget_old()
