"""What a session has said and not yet written: nobody reads past it, and what is taken back was never said."""

import contextlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from spotcheck.docket import entries, sessions
from spotcheck.docket.models import Dossier, Entry, Message, Track
from spotcheck.docket.sessions import current, hold, session
from spotcheck.parties.actors import SYSTEM

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 4)


def dossier(number):
    return Dossier.objects.create(number=number, opened_on=DAY)


def say(of, act="test.say", **more):
    return entries.append(of, act=act, by=SYSTEM, on=DAY, **more)


def line(of, state, *, chart="sampling"):
    return {
        "dossier_id": of.pk,
        "chart": chart,
        "label": "",
        "state": state,
        "is_open": True,
        "since": DAY,
        "party_id": None,
        "matter_id": 1,
    }


def told(entry, kind="test.say"):
    return {"dossier_id": entry.dossier_id, "entry_id": entry.pk, "kind": kind, "created_at": current().now}


def written(captured, table):
    return [query["sql"] for query in captured.captured_queries if f'INTO "{table}"' in query["sql"]]


def test_one_statement_writes_what_a_session_says():
    number = dossier("A").pk
    with CaptureQueriesContext(connection) as captured, session() as running:
        held = hold(number)
        first, second = say(held), say(held, "test.again")
        assert first.pk < second.pk
        assert first.pk is not None
        running.unwritten.register_lines([line(held, "created")])
        running.unwritten.register_lines([line(held, "sampled")])
        running.unwritten.tell([told(first), told(second)])
    (statement,) = written(captured, "docket_entry")
    assert written(captured, "docket_track") == written(captured, "docket_message") == [statement]
    assert 'UPDATE "docket_dossier"' in statement
    assert list(Entry.objects.order_by("pk").values_list("pk", "sequence")) == [(first.pk, 1), (second.pk, 2)]
    assert [track.state for track in Track.objects.all()] == ["sampled"]
    assert list(Message.objects.order_by("pk").values_list("entry", flat=True)) == [first.pk, second.pk]
    assert list(entries.verify(Dossier.objects.get(pk=number))) == []


def test_whoever_reads_finds_what_was_said_before():
    with session() as running:
        held = hold(dossier("A").pk)
        entry = say(held, facts={"seen": True})
        assert Entry.objects.get(dossier=held).pk == entry.pk
        running.unwritten.register_lines([line(held, "sampled")])
        assert Dossier.objects.filter(tracks__state="sampled").exists()
        running.unwritten.tell([told(entry)])
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM docket_message")
            assert cursor.fetchone() == (1,)
        second = say(held)
        assert [one.pk for one in held.entries.order_by("pk").iterator()] == [entry.pk, second.pk]


def test_lines_of_other_charts_wait_while_some_are_read():
    with session() as running:
        held = hold(dossier("A").pk)
        running.unwritten.register_lines([line(held, "sampled")])
        with sessions.only_charts("retest"):
            assert not Track.objects.filter(chart="retest").exists()
            assert running.unwritten.register
        with sessions.only_charts("retest", "sampling"):
            assert Track.objects.filter(chart="sampling").exists()
        assert not running.unwritten.register


def test_what_is_taken_back_to_a_savepoint_was_never_said():
    number, other = dossier("A").pk, dossier("B").pk
    with session() as running:
        held = hold(number)
        kept = say(held)
        with contextlib.suppress(RuntimeError), transaction.atomic():
            lost = say(held, "test.lost")
            say(hold(other), "test.lost")
            running.unwritten.register_lines([line(held, "sampled")])
            running.unwritten.tell([told(lost)])
            assert Entry.objects.filter(act="test.lost").count() == 2
            say(held, "test.lost")
            raise RuntimeError
        assert hold(number) is held
        assert other not in running.dossiers
        after = say(held, "test.after")
        say(hold(other), "test.after")
    assert list(Entry.objects.filter(dossier=number).order_by("pk")) == [kept, after]
    assert not Track.objects.exists()
    assert not Message.objects.exists()
    for key in (number, other):
        assert list(entries.verify(Dossier.objects.get(pk=key))) == []


def test_a_savepoint_within_which_nothing_went_wrong_changes_nothing():
    with session():
        held = hold(dossier("A").pk)
        say(held)
        with transaction.atomic():
            say(held)
        say(held)
    assert Entry.objects.count() == 3
    assert list(entries.verify(Dossier.objects.get(pk=held.pk))) == []


def test_what_the_database_refuses_is_refused_before_the_session_is_over():
    number = dossier("A").pk
    with session():
        say(hold(number))
    reached = []

    def twice_in_one_place():
        with transaction.atomic(), session():
            held = hold(number)
            held.entry_count = 0  # as if somebody else had written meanwhile
            say(held)
            reached.append(held)

    with pytest.raises(IntegrityError, match="entry_sequence_once"):
        twice_in_one_place()
    assert reached
    assert Entry.objects.count() == 1
    assert list(entries.verify(Dossier.objects.get(pk=number))) == []


def test_a_refused_session_leaves_nothing_waiting():
    number = dossier("A").pk
    with contextlib.suppress(RuntimeError), session():
        say(hold(number))
        raise RuntimeError
    assert sessions.unwritten() is None
    assert not Entry.objects.exists()


def test_keys_are_taken_after_the_lock():
    """Keys taken before another dossier was locked could be lower than those of whoever held it until then."""
    first, second = dossier("A").pk, dossier("B").pk
    with session() as running:
        own = say(hold(first))
        assert running.unwritten.spare
        held = hold(second)
        with connection.cursor() as cursor:  # somebody else, who held it before
            cursor.execute("SELECT nextval(pg_get_serial_sequence('docket_entry', 'id'))")
            (theirs,) = cursor.fetchone()
        assert own.pk < theirs < say(held).pk


def test_parties_are_read_again_when_they_have_changed(django_assert_num_queries):
    with session():
        held = hold(dossier("A").pk)
        assert sessions.parties_of(held) == []
        with django_assert_num_queries(0):
            sessions.parties_of(held)
        sessions.parties_changed(held.pk)
        with django_assert_num_queries(1):
            sessions.parties_of(held)
