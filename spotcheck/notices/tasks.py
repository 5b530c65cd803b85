"""Celery doors of the papers."""

from celery import shared_task

from spotcheck.notices import production


@shared_task(ignore_result=True, soft_time_limit=120, time_limit=150)
def draw_paper(pk: int) -> None:
    """Right after the commit: draw one paper."""
    production.draw_paper(pk)


@shared_task(ignore_result=True, soft_time_limit=540, time_limit=570)
def draw_lost() -> None:
    """Every minute: draw what nobody has drawn."""
    production.draw_lost()
