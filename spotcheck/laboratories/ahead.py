"""What a request is going to ask about its sample, read with one statement once the sample is found.

Whatever is not foreseen here is read when it is asked; nothing else depends on this page.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

from spotcheck.api import callers
from spotcheck.api.doors import Call
from spotcheck.casework import doing
from spotcheck.docket import register, sessions, sweep
from spotcheck.docket.acts import question_of_matters
from spotcheck.docket.flow import MATTERS, Flow
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import Question
from spotcheck.files import receiving
from spotcheck.files.models import Upload
from spotcheck.inspection import results
from spotcheck.laboratories import places
from spotcheck.laboratories.files import owner_of
from spotcheck.planning.queries import question_of_record
from spotcheck.registers import absences
from spotcheck.sampling.requirements import question_of_windows

_LIKE_AN_UPLOAD: Final = 36
"""So many characters has the name of a file that waits."""


def of(call: Call, dossier: Dossier) -> Dossier:
    """Read ahead what the request will ask; a sample in which an act is done is locked first, and returned as it is."""
    if not call.body:
        sessions.foresee(*_of_the_sample(dossier), question_of_matters("result_notice", dossier.pk))
        return dossier
    chart = call.act.partition(".")[0]
    held = sessions.hold(dossier.pk, with_parent=chart in MATTERS and MATTERS[chart].locks_parent)
    sessions.foresee(*_of_the_sample(held), *_of_the_request(call, held), *_of_an_act(call, held, call.act), acts=True)
    sessions.parties_of(held)
    return held


def of_the_next(call: Call, dossier: Dossier, matter: Flow, act: str) -> None:
    """Read ahead what a further act of the same request will ask, after what the one before it has changed."""
    questions = _of_an_act(call, dossier, act)
    sessions.foresee(register.lines(dossier), question_of_matters(matter.chart, dossier.pk), *questions)


def _of_the_sample(dossier: Dossier) -> Iterator[Question]:
    yield sessions.question_of_parts(dossier.pk)
    yield register.lines(dossier)
    yield from (question_of_matters(chart, dossier.pk) for chart in places.OWN_CHARTS)
    yield from results.questions(dossier.pk)
    yield question_of_windows(dossier.pk)


def _of_the_request(call: Call, dossier: Dossier) -> Iterator[Question]:
    """Who acts, which files come with it, and what of the file no act changes."""
    yield callers.question_of_posts(call.caller.office, call.body["by"], call.body["on"])
    yield sessions.question_of_parties(dossier.pk)
    yield question_of_record(dossier.parent_id)
    if named := list(_uploads(call.body)):
        yield Question(("uploads", owner_of(call)), _waiting, (owner_of(call), *named))


def _of_an_act(call: Call, dossier: Dossier, act: str) -> Iterator[Question]:
    """What every act asks before it is done."""
    yield doing.question_of_acts(dossier.pk, act, call.body["on"])
    yield absences.question(call.caller.office.pk, sessions.today())
    yield sweep.question_of_periods(dossier.pk)


def _waiting(owner: str, *named: str) -> "QuerySet[Upload]":
    return receiving.waiting(owner, named)


def _uploads(said: Any) -> Iterator[str]:
    """Whatever in a body looks like the name of a file that waits."""
    match said:
        case str() if len(said) == _LIKE_AN_UPLOAD:
            yield said
        case dict():
            for value in said.values():
                yield from _uploads(value)
        case list():
            for value in said:
                yield from _uploads(value)
