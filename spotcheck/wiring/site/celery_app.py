"""Celery and its beat: what is woken up when (``celery -A spotcheck.wiring.site.celery_app worker``)."""

import gc
import os
from typing import Any

import structlog
from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, setup_logging, task_postrun, worker_process_init
from django.db import Error

from spotcheck.network import patience

logger = structlog.get_logger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")


class _Celery(Celery):
    """Celery whose messages are sent within a second or not at all: no page and no act waits for a broker."""

    def connection_for_write(self, url: Any = None, *args: Any, **options: Any) -> Any:
        """The connection by which tasks are sent."""
        within = {"socket_timeout": patience.SERVER, "socket_connect_timeout": patience.SERVER}
        given = {**(options.pop("transport_options", None) or {}), **within, "max_retries": 0}
        return super().connection_for_write(url, *args, transport_options=given, **options)


app = _Celery("spotcheck", task_cls="spotcheck.wiring.operating.tracing:TracedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_SWEEP = "spotcheck.docket.tasks.sweep"
# A wake-up that waited longer than this in the queue is worthless: the next one is there already.
_SHORTER_THAN_A_MINUTE = 55
_MAIL_EVERY = 15.0

app.conf.beat_schedule = {
    "sweep": {
        "task": _SWEEP,
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "deliver-messages": {
        "task": "spotcheck.docket.tasks.deliver_messages",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "send-mail": {
        "task": "spotcheck.docket.tasks.send_mail",
        "schedule": _MAIL_EVERY,
        "options": {"expires": _MAIL_EVERY},
    },
    "forget-old-deliveries": {
        "task": "spotcheck.docket.tasks.forget_old_deliveries",
        "schedule": crontab(hour=0, minute=40),
        "options": {"expires": 60 * 60},
    },
    "draw-lost-papers": {
        "task": "spotcheck.notices.tasks.draw_lost",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "check-waiting-uploads": {
        "task": "spotcheck.docket.tasks.check_waiting_uploads",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "go-on-with-imports": {
        "task": "spotcheck.registers.tasks.go_on_with_imports",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "go-on-with-batches": {
        "task": "spotcheck.casework.tasks.go_on_with_batches",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "keep-figures": {
        "task": "spotcheck.casework.tasks.keep_figures",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "compare-figures": {
        "task": "spotcheck.casework.tasks.compare_figures",
        "schedule": crontab(hour=2, minute=10),
        "options": {"expires": 60 * 60},
    },
    "fill-pinyin": {
        "task": "spotcheck.registers.tasks.fill_pinyin",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "forget-silent-uploads": {
        "task": "spotcheck.docket.tasks.forget_silent_uploads",
        "schedule": crontab(minute=25),
        "options": {"expires": 30 * 60},
    },
    "forget-old-drafts": {
        "task": "spotcheck.casework.tasks.forget_old_drafts",
        "schedule": crontab(hour=0, minute=35),
        "options": {"expires": 60 * 60},
    },
    "finish-field-batches": {
        "task": "spotcheck.casework.tasks.finish_field_batches",
        "schedule": crontab(),
        "options": {"expires": _SHORTER_THAN_A_MINUTE},
    },
    "alarm-of-parked-records": {
        "task": "spotcheck.casework.tasks.alarm_of_parked_records",
        "schedule": crontab(hour=7, minute=40),
        "options": {"expires": 60 * 60},
    },
    "forget-old-packages": {
        "task": "spotcheck.tablet.tasks.forget_old_packages",
        "schedule": crontab(hour=0, minute=45),
        "options": {"expires": 60 * 60},
    },
    "forget-programs-requests": {
        "task": "spotcheck.api.tasks.forget_old",
        "schedule": crontab(hour=0, minute=55),
        "options": {"expires": 60 * 60},
    },
    "warn-of-ending-credentials": {
        "task": "spotcheck.api.tasks.warn_of_ends",
        "schedule": crontab(hour=7, minute=20),
        "options": {"expires": 60 * 60},
    },
    "warn-of-ending-certificates": {
        "task": "spotcheck.registers.tasks.warn_of_certificates",
        "schedule": crontab(hour=7, minute=25),
        "options": {"expires": 60 * 60},
    },
    "clear-expired-sessions": {
        "task": "spotcheck.desk.tasks.clear_sessions",
        "schedule": crontab(hour=0, minute=50),
        "options": {"expires": 60 * 60},
    },
    "anchor-audit": {
        "task": "spotcheck.docket.tasks.anchor_audit",
        "schedule": crontab(hour=1, minute=10),
        "options": {"expires": 60 * 60},
    },
    "check-invariants": {
        "task": "spotcheck.docket.tasks.check_invariants",
        "schedule": crontab(hour=2, minute=40),
        "options": {"expires": 60 * 60},
    },
    "list-for-disposal": {
        "task": "spotcheck.docket.tasks.list_for_disposal",
        "schedule": crontab(hour=4, minute=30),
        "options": {"expires": 60 * 60},
    },
    "verify-audit": {
        "task": "spotcheck.docket.tasks.verify_audit",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 60 * 60},
    },
    "lock-unused-accounts": {
        "task": "spotcheck.registers.tasks.lock_unused",
        "schedule": crontab(hour=6, minute=20),
        "options": {"expires": 60 * 60},
    },
    "watch-calendar": {
        "task": "spotcheck.docket.tasks.watch_calendar",
        "schedule": crontab(hour=7, minute=30),
        "options": {"expires": 60 * 60},
    },
}


@beat_init.connect
def say_the_version(sender: Any = None, **_kwargs: object) -> None:
    """What this beat sends tells its version; the worker notes it (``operating/versions.py``)."""
    from spotcheck.wiring.operating import versions  # noqa: PLC0415 -- app ready

    for entry in sender.scheduler.schedule.values() if sender is not None else ():
        if entry.task == _SWEEP:
            entry.options["headers"] = {versions.HEADER: versions.own()}


@task_postrun.connect
def note_the_version(sender: Any = None, task: Any = None, **_kwargs: object) -> None:
    """After a sweep this worker notes its own version and that of the beat."""
    from spotcheck.wiring.operating import versions  # noqa: PLC0415 -- app ready

    if sender is None or sender.name != _SWEEP:
        return
    try:
        versions.note(str(getattr(task.request, versions.HEADER, None) or ""))
    except Error:
        logger.warning("the version of this worker could not be noted", exc_info=True)


@worker_process_init.connect
def wait_as_workers_do(**_kwargs: object) -> None:
    """Statements end after an hour; a request's patience is not theirs."""
    patience.be_a_worker()


@worker_process_init.connect
def set_program_aside(**_kwargs: object) -> None:
    """Keep the program itself out of every search for garbage: it never becomes any.

    A batch of the sweep makes tens of thousands of objects. The collector then looks through everything that is loaded
    again and again, which took a third of a batch's time (docs/performance.md).
    """
    gc.collect()
    gc.freeze()


@setup_logging.connect
def _keep_our_logging(**_kwargs: object) -> None:
    """Being connected is enough: Celery then leaves the logging of the settings alone."""
