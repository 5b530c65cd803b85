"""Asking a worker to look at a long sheet, or to take it."""

from uuid import UUID

from django.db import transaction

from spotcheck.network import counting
from spotcheck.registers import tasks
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.imports.running import let, may_take
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import refuse_if


def ask_to_look(found: Import) -> None:
    """Let a worker look at a long sheet; nothing where one does so already."""
    waits = Import.objects.filter(pk=found.pk, stage=Import.Stage.READ)
    if waits.update(stage=Import.Stage.LOOKING):
        _wake(found.pk)


def ask_to_take(found: Import, *, by: Doer, only_good: bool = False) -> None:
    """Let a worker take a long sheet that was looked at. Raises :class:`NotDone` for who may not."""
    let(KINDS[found.kind], by)
    refuse_if(second_pair=not may_take(found, by))
    waits = Import.objects.filter(pk=found.pk, stage=Import.Stage.LOOKED)
    if waits.update(stage=Import.Stage.TAKING, taken_by=by.post, address=by.place[:60], only_good=only_good):
        _wake(found.pk)


def _wake(key: UUID) -> None:
    transaction.on_commit(lambda: counting.wake(tasks.go_on_with_import, str(key)))
