"""Celery doors of casework: each wakes one function and carries no date."""

from uuid import UUID

from celery import shared_task

from spotcheck.casework import batch_running, drafts, field_settling, figure_keeping, intake
from spotcheck.docket import clock


@shared_task(ignore_result=True)
def forget_old_drafts() -> None:
    """Every night: what was typed, not sent and not touched for two weeks is forgotten."""
    drafts.forget_old()


@shared_task(ignore_result=True)
def finish_field_batches() -> None:
    """Every minute: what a tablet has handed in and a server that died has left is done and answered for."""
    intake.finish_left(clock.now())


@shared_task(ignore_result=True)
def alarm_of_parked_records() -> None:
    """Every morning: what tablets have sent and nobody has looked at for a working day is an alarm."""
    field_settling.alarm(clock.now())


@shared_task(ignore_result=True)
def go_on_with_batch(key: str) -> None:
    """Right after somebody asked: look at the cases of a batch, or do what was confirmed."""
    batch_running.go_on(UUID(key))


@shared_task(ignore_result=True)
def go_on_with_batches() -> None:
    """Every minute: go on with those of which nobody was told, or whose worker died."""
    for key in batch_running.waiting():
        go_on_with_batch.apply_async((str(key),), retry=False)


@shared_task(ignore_result=True, soft_time_limit=3200, time_limit=3300)
def keep_figures() -> None:
    """Every minute: the figures follow what was recorded."""
    figure_keeping.keep()


@shared_task(ignore_result=True, soft_time_limit=6800, time_limit=7000)
def compare_figures() -> None:
    """Every night: the figures are compared with the dossiers; a difference is an alarm."""
    figure_keeping.compare()
