"""Celery doors of the programs' door: each wakes one function and carries no date."""

from celery import shared_task

from spotcheck.api import expiring, forgetting


@shared_task(ignore_result=True)
def forget_old() -> None:
    """Every night: tokens that are over, assertions that nobody can use again, refusals of ninety days ago."""
    forgetting.forget_old()


@shared_task(ignore_result=True)
def warn_of_ends() -> None:
    """Every morning: credentials that end in thirty days, in seven, tomorrow."""
    expiring.warn()
