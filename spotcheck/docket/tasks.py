"""Celery doors of the docket: each wakes one function and carries no date."""

from uuid import UUID

from celery import shared_task

from spotcheck.docket import alarms, audit, clock, deliveries, outbox, redating, retention
from spotcheck.docket import sweep as sweeping
from spotcheck.docket.invariants import checking
from spotcheck.files import receiving


@shared_task(ignore_result=True)
def sweep() -> None:
    """Every minute: let what is over lapse."""
    sweeping.sweep()
    sweeping.note_alive()


@shared_task(ignore_result=True)
def deliver_messages() -> None:
    """Every minute: deliver what the outbox holds."""
    outbox.deliver()


@shared_task(ignore_result=True, soft_time_limit=240, time_limit=270)
def send_mail() -> None:
    """Every quarter of a minute: send the letters that are due; the lease of one outlasts the task."""
    deliveries.deliver()


@shared_task(ignore_result=True)
def forget_old_deliveries() -> None:
    """Every night: forget what was sent or given up ninety days ago."""
    deliveries.forget_old()


@shared_task(ignore_result=True)
def anchor_audit() -> None:
    """Every night: the roots over the heads of all chains that changed on days that are over."""
    audit.anchor_days_over()


@shared_task(ignore_result=True)
def check_invariants() -> None:
    """Every night: what must hold at every moment; a row that breaks it is an alarm."""
    checking.alarm()


@shared_task(ignore_result=True)
def forget_silent_uploads() -> None:
    """Every hour: what was sent and taken up by no act for a day is forgotten."""
    receiving.forget_silent(clock.now())


@shared_task(ignore_result=True, soft_time_limit=1380, time_limit=1440)
def check_upload(key: str) -> None:
    """Right after its last piece: put a long file together, look at it and keep it."""
    receiving.check(UUID(key), now=clock.now())


@shared_task(ignore_result=True)
def check_waiting_uploads() -> None:
    """Every minute: try those again of which nobody was told, or for which the store or the scanner was silent."""
    for key in receiving.to_check(clock.now()):
        check_upload.apply_async((str(key),), retry=False)


@shared_task(ignore_result=True)
def list_for_disposal() -> None:
    """Every night: list the files that may be destroyed, and remove those that somebody has confirmed."""
    retention.list_over()
    retention.remove_confirmed()


@shared_task(ignore_result=True, soft_time_limit=3200, time_limit=3300)
def verify_audit() -> None:
    """Every night: read every entry again and compare it with its hash."""
    checking.verify_chains()


@shared_task(ignore_result=True)
def watch_calendar() -> None:
    """Every day: finish what a confirmed notice has left to count, and alarm while next year's is missing."""
    redating.catch_up()
    alarms.calendar_alarm()
