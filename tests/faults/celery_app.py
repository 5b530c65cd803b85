"""Celery as it is, and as a mutant when SPOTCHECK_MUTANT names one; with a beat that ticks several times a second."""

import os

from celery import signals

from spotcheck.wiring.site.celery_app import app

TICK_SECONDS = 0.3

if os.environ.get("SPOTCHECK_QUICK_BEAT"):
    app.conf.beat_schedule = {"sweep": {"task": "spotcheck.docket.tasks.sweep", "schedule": TICK_SECONDS}}
    app.conf.beat_max_loop_interval = TICK_SECONDS


@app.task(name="tests.faults.fire", ignore_result=True)
def fire(key: int) -> None:
    """What a period would be as a message."""
    from tests.faults import mutants  # noqa: PLC0415 -- app ready

    mutants.fire(key)


@signals.celeryd_init.connect
@signals.worker_process_init.connect
def _mutate(**_kwargs: object) -> None:
    from tests.faults import mutants  # noqa: PLC0415 -- app ready

    mutants.apply_from_environment()
