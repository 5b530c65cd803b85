"""Celery doors of the registers."""

from celery import shared_task

from spotcheck.registers import rights
from spotcheck.registers.doer import Doer


@shared_task(ignore_result=True)
def lock_unused() -> None:
    """Every day: lock the accounts of who has left, and those that nobody has used for half a year."""
    rights.lock_unused(by=Doer(account="spotcheck.registers.tasks"))
