"""Celery doors of the registers."""

from uuid import UUID

from celery import shared_task

from spotcheck.parties import pinyin
from spotcheck.registers import qualifications, rights
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports import running


@shared_task(ignore_result=True)
def lock_unused() -> None:
    """Every day: lock the accounts of who has left, and those that nobody has used for half a year."""
    rights.lock_unused(by=Doer(account="spotcheck.registers.tasks"))


@shared_task(ignore_result=True, soft_time_limit=1380, time_limit=1440)
def go_on_with_import(key: str) -> None:
    """Right after somebody asked: look at a long sheet, or take it."""
    running.go_on(UUID(key))


@shared_task(ignore_result=True)
def go_on_with_imports() -> None:
    """Every minute: go on with those of which nobody was told, or whose worker died."""
    for key in running.waiting():
        go_on_with_import.apply_async((str(key),), retry=False)


@shared_task(ignore_result=True)
def warn_of_certificates() -> None:
    """Every morning: certificates of bodies that end in ninety days, in sixty, in thirty."""
    qualifications.warn()


@shared_task(ignore_result=True)
def fill_pinyin() -> None:
    """Every minute: how new firms are typed, so that they are found by it."""
    while pinyin.fill() == pinyin.AT_ONCE:
        pass
