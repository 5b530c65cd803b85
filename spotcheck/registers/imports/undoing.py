"""Taking an import back as a whole: within seven days, the last of its kind first, while nothing rests on its rows.

What was there before is kept with the import (``before``); a kind says how that is put back. Kinds that grant rights
or whose rows are named by acts have no way back: people are ended, certificates suspended.
"""

from typing import Final

from django.db import IntegrityError, transaction

from spotcheck.docket import book, sessions
from spotcheck.docket.sessions import session
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.kinds import KINDS
from spotcheck.registers.imports.running import let
from spotcheck.registers.models import Import
from spotcheck.registers.refusals import NotDone, refuse_if

DAYS: Final = 7


def is_offered(found: Import) -> bool:
    """Whether an import was taken within the last seven days and keeps what was before it."""
    if found.done_at is None or found.undone_at is not None or found.before is None:
        return False
    return KINDS[found.kind].undo is not None and (sessions.now() - found.done_at).days < DAYS


def undo(found: Import, *, by: Doer) -> int:
    """Put back what there was before, and return how many rows.

    Raises :class:`NotDone`: too late, a later one of the kind stands, or something rests on a row.
    """
    kind = KINDS[found.kind]
    let(kind, by)
    with session():
        held = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
        later = Import.objects.filter(kind=held.kind, done_at__gt=held.done_at, undone_at=None, counts__rows__gt=0)
        refuse_if(
            imports=kind.confirms is not None and not kind.confirms(by),
            ended=held.undone_at is not None,
            undo_in_time=not is_offered(held),
            undo_last_first=held.done_at is not None and later.exists(),
        )
        assert kind.undo is not None
        try:
            with transaction.atomic():
                rows = kind.undo(held.before, by)
        except IntegrityError as error:
            raise NotDone("rested_on") from error
        Import.objects.filter(pk=held.pk).update(undone_at=sessions.now(), stage=Import.Stage.UNDONE)
        book.write(
            "import.undone",
            by=by.post,
            user=by.user,
            subject=("import", str(held.pk)),
            after={"kind": kind.name, "rows": rows, "sha256": held.sha256},
            address=by.place,
        )
    return rows
