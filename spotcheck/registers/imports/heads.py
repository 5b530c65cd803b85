"""Words that an office writes at the head of a column: said once, remembered for the office and the kind."""

from collections.abc import Mapping
from typing import Final

from spotcheck.docket.sessions import session
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.kinds import Kind
from spotcheck.registers.imports.reading import key_of
from spotcheck.registers.models import Head
from spotcheck.registers.refusals import refuse_if

LONGEST: Final = 100


def known(kind: Kind, by: Doer) -> Mapping[str, str]:
    """The columns by the words that the office of somebody uses for them; a command has none."""
    if by.post is None or by.post.office_id is None:
        return {}
    return dict(Head.objects.filter(office=by.post.office_id, kind=kind.name).values_list("head", "column"))


def remember(kind: Kind, word: str, column: str, *, by: Doer) -> None:
    """Take a word for a column from now on; an empty column forgets it. Raises :class:`NotDone`."""
    head = key_of(word)[:LONGEST]
    names = {one.name for one in (*kind.columns, *kind.about)}
    refuse_if(
        imports=by.post is None or not kind.may(by), missing=not head, column=bool(column) and column not in names
    )
    assert by.post is not None
    with session():
        kept = Head.objects.filter(office=by.post.office_id, kind=kind.name, head=head)
        if column:
            Head.objects.update_or_create(office=by.post.office, kind=kind.name, head=head, defaults={"column": column})
        else:
            kept.delete()
