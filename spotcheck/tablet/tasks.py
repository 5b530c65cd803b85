"""Celery doors of the tablet's door: each wakes one function and carries no date."""

from celery import shared_task

from spotcheck.docket import clock
from spotcheck.tablet import packages


@shared_task(ignore_result=True)
def forget_old_packages() -> None:
    """Every night: packages of forty days ago, and parts that stand in none."""
    packages.forget_old(clock.now())
