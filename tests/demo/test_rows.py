"""The rows of the demo: those of this program, loaded only where they fit, the same as playing gives."""

import pytest

from spotcheck.demo import bulletin, load, rows
from spotcheck.demo.models import DemoState
from spotcheck.docket import audit, clock
from spotcheck.docket.models import Message
from spotcheck.parties.models import Office, User
from spotcheck.wiring.operating import databases

STAGES = (DemoState.Stage.FRAME, DemoState.Stage.BATCH)
STALE = "the rows of the demo are not those of this program: run .venv/bin/spotcheck demo --renew-rows and commit them"


@pytest.mark.django_db
def test_the_rows_fit_this_program_and_come_in_as_they_are_kept():
    Message.objects.create(kind="calendar_missing", created_at=clock.now())  # a running system writes such by itself
    why = []

    def load_one(stage):
        why.append(rows.fit(stage))
        rows.load(stage)

    assert [rows.fit(STAGES[0])] == [""], STALE
    found = rows.played({stage: lambda stage=stage: load_one(stage) for stage in STAGES})
    assert why == ["", ""], STALE
    assert rows.differences(found, rows.kept()) == []
    assert bulletin.compute().differences == []
    assert list(audit.verify()) == []
    Office.objects.create(code="X", kind=Office.Kind.LABORATORY, name="甲")  # keys go on after those of the rows


@pytest.mark.django_db
def test_rows_do_not_fit_where_their_keys_are_taken_or_the_ground_is_another():
    rows.load(STAGES[0])
    assert rows.fit(STAGES[0]) != ""
    assert rows.fit(STAGES[1]) == "", STALE
    User.objects.create_user("somebody")
    assert rows.fit(STAGES[1]) == "people, offices or firms are others"


@pytest.mark.django_db
def test_what_does_not_fit_is_played(monkeypatch):
    played = []
    monkeypatch.setattr(rows, "fit", lambda stage: "some reason")
    monkeypatch.setattr(rows, "load", lambda stage: pytest.fail("rows were loaded that do not fit"))
    monkeypatch.setattr(load, "play_frame", lambda: played.append("frame"))
    monkeypatch.setattr(load, "play_year", lambda noted: played.append("year"))
    load.load_frame(None)
    load.load_year(type("Nobody", (), {"noted": None}))
    assert played == ["frame", "year"]


@pytest.mark.slow
def test_the_rows_are_what_playing_them_gives(django_db_blocker):
    with django_db_blocker.unblock(), databases.scratch_database():
        played = rows.played({STAGES[0]: load.play_frame, STAGES[1]: load.play_year})
    assert rows.differences(played, rows.kept()) == [], STALE
