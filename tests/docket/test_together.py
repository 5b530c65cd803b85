"""Reading ahead: several queries with one statement give what each gives by itself, and only until something is said."""

from datetime import date
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from spotcheck.docket import bulk, entries, register, sessions
from spotcheck.docket.models import Dossier, Entry, Involvement, Track
from spotcheck.docket.sessions import Question, ask, foresee, foreseen, hold, session
from spotcheck.docket.together import together
from spotcheck.parties.actors import SYSTEM
from spotcheck.parties.models import Office, Post
from tests.desk import world as cast

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 4)


def stored(rows):
    """What rows are, with what was read beside them."""
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        | {name: str(value) for name, value in row._state.fields_cache.items()}
        for row in rows
    ]


def _same(query):
    return query


def _offices():
    return Office.objects.order_by("code").values_list("code", "since")


def _tracks(dossier):
    return Track.objects.filter(dossier=dossier)


def _entries(act, on, *dossiers):
    return Entry.objects.filter(dossier__in=dossiers, act=act, effective_on=on).order_by("pk")


def _part(held, world, role):
    return {"dossier_id": held.pk, "office_id": world.offices[role].pk, "role": role}


def file(number="A"):
    made = Dossier.objects.create(number=number, opened_on=DAY, title="一")
    with session():
        held = hold(made.pk)
        entries.append(held, act="test.say", by=SYSTEM, on=DAY, facts={"zahl": 1.5, "名": ["甲", None, True]})
        register._put(
            [
                {"dossier_id": made.pk, "chart": "sampling", "label": "", "state": "created", "is_open": True}
                | {"since": DAY, "party_id": None, "matter_id": 1}
            ]
        )
    return made


def test_every_query_gives_what_it_gives_by_itself():
    world = cast.build()
    made = file()
    Involvement.objects.create(dossier=made, office=world.offices["lab"], role="lab")
    queries = [
        Entry.objects.order_by("pk"),
        Track.objects.filter(dossier=made),
        Involvement.objects.filter(dossier=made).select_related("office").order_by("pk"),
        Post.objects.select_related("office", "user").order_by("pk"),
        Office.objects.order_by("-code"),
        Dossier.objects.filter(number="none"),
        Dossier.objects.filter(pk__in=[]),
    ]
    with CaptureQueriesContext(connection) as asked:
        found, _ = together([(partial(_same, query), ()) for query in queries])
    assert len(asked) == 1
    for rows, query in zip(found, queries, strict=True):
        assert stored(rows) == stored(query)
    flat, _ = together([(_offices, ())])
    assert flat[0] == list(Office.objects.order_by("code").values_list("code", "since"))
    assert found[0][0].hash == entries.digest(found[0][0])


def test_a_query_that_is_put_together_once_is_asked_about_anything():
    first, second = file("A"), file("B")
    for act, on, *dossiers in (
        ("test.say", DAY, first.pk, second.pk),
        ("test.say", DAY, second.pk, first.pk),
        ("test.say", date(2024, 3, 5), first.pk, second.pk),
        ("test.other", DAY, first.pk, second.pk),
        ("test.say", DAY, first.pk, first.pk),
    ):
        found, _ = together([(_entries, (act, on, *dossiers))])
        assert stored(found[0]) == stored(_entries(act, on, *dossiers))
    found, _ = together([(_entries, ("test.say", DAY, first.pk)), (_entries, ("test.say", DAY, second.pk))])
    assert [row.dossier_id for rows in found for row in rows] == [first.pk, second.pk]


def test_a_value_that_does_not_stand_in_a_query_as_it_is_is_no_mistake():
    first, second = file("A"), file("B")
    for dossier in (first.pk, second.pk, None):
        found, _ = together([(_tracks, (dossier,))])
        assert stored(found[0]) == stored(_tracks(dossier))


def test_keys_come_along_ascending():
    (_, (keys,)) = together([], bulk.taking(Entry, 3))
    assert keys == sorted(keys)
    assert len(keys) == 3


def test_what_was_foreseen_answers_until_something_is_said():
    made = file()
    with session():
        held = hold(made.pk)
        foresee(register.lines(held), acts=True)
        with CaptureQueriesContext(connection) as asked:
            assert register.state(held, "sampling") == "created"
            assert register.any_in(held, "sampling", ["created"])
            assert register.any_open(held, ["sampling"])
            assert register.states(held, "sampling") == ["created"]
            assert register.state(held, "inspection") is None
        assert len(asked) == 0
        with CaptureQueriesContext(connection) as asked:
            entries.append(held, act="test.say", by=SYSTEM, on=DAY)
        assert len(asked) == 0  # its key had come along
        assert foreseen(("register", made.pk)) is None
        assert register.state(held, "sampling") == "created"


def test_a_new_line_of_the_register_is_not_passed_over():
    made = file()
    with session():
        held = hold(made.pk)
        foresee(register.lines(held))
        line = {"dossier_id": made.pk, "chart": "sampling", "label": "", "state": "sampled", "is_open": True}
        register._put([line | {"since": DAY, "party_id": None, "matter_id": 1}])
        assert register.state(held, "sampling") == "sampled"
        assert [track.state for track in register.as_said(held, Track.objects.filter(dossier=made))] == ["sampled"]


def test_what_is_taken_back_was_never_foreseen():
    made = file()
    with session():
        held = hold(made.pk)
        with transaction.atomic():
            foresee(register.lines(held))
            transaction.set_rollback(True)
        assert foreseen(("register", made.pk)) is None


def test_without_a_session_a_question_is_simply_read():
    made = file()
    question = Question(("x",), _tracks, (made.pk,))
    assert stored(ask(question)) == stored(_tracks(made.pk))
    assert sessions.foreseen(("x",)) is None


def test_rows_that_wait_are_written_before_anybody_reads_their_table():
    made = file()
    world = cast.build()
    with session() as running:
        held = hold(made.pk)
        running.unwritten.add(Involvement, [_part(held, world, "lab")])
        with CaptureQueriesContext(connection) as asked:
            assert Office.objects.exists()
        assert len(asked) == 1
        assert Involvement.objects.filter(dossier=held).count() == 1
        running.unwritten.add(Involvement, [_part(held, world, "retest_lab")])
    assert Involvement.objects.filter(dossier=made).count() == 2
