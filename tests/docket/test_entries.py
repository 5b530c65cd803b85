"""What the docket says stays said: the database refuses changes, the chain shows what the owner did all the same."""

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from spotcheck.docket import audit, clock
from spotcheck.docket.entries import digest, verify
from spotcheck.docket.models import AuditRoot, Entry
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.story import Story, reported
from tests.worlds import played


@played
def written():
    return told(Story)


def told(tell):
    story = tell(reported(date(2025, 3, 3)))
    with story.day(date(2025, 3, 3)):
        return story


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE docket_entry SET effective_on = '2020-01-01'",
        "DELETE FROM docket_entry",
        "TRUNCATE docket_entry CASCADE",
        "ALTER TABLE docket_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER docket_entry_for_good ON docket_entry",
    ],
)
def test_art53_the_application_can_neither_change_nor_delete_an_entry(written, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(verify(written.dossier())) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(act="task.cancel"),
        lambda entry: entry.delete(),
        lambda entry: entry.save(),
    ],
    ids=["update", "delete", "save"],
)
def test_art53_nor_by_way_of_the_program(written, change):
    entry = Entry.objects.filter(dossier=written.dossier()).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(entry)


def test_a_dossier_with_entries_cannot_be_deleted(written):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("DELETE FROM docket_dossier WHERE id = %s", [written.dossier().pk])


def test_entries_are_numbered_without_a_gap_and_chained(written):
    entries = list(written.dossier().entries.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous_hash for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]
    assert written.dossier().head_hash == entries[-1].hash
    assert list(audit.verify()) == []


TAMPERING = {
    "a date is changed": ("UPDATE docket_entry SET effective_on = '2025-03-01' WHERE id = %(third)s", ["was changed"]),
    "a fact is changed": (
        """UPDATE docket_entry SET facts = '{"remark": "x"}' WHERE id = %(third)s""",
        ["was changed"],
    ),
    "the actor is changed": (
        """UPDATE docket_entry SET actor = '{"word": "lab"}' WHERE id = %(third)s""",
        ["was changed"],
    ),
    "the hour is changed": (
        "UPDATE docket_entry SET recorded_at = recorded_at + interval '1 second' WHERE id = %(third)s",
        ["was changed"],
    ),
    "an entry is left out": (
        "DELETE FROM docket_entry WHERE id = %(third)s",
        ["missing", "does not follow the entry before"],
    ),
    "the end is cut off": ("DELETE FROM docket_entry WHERE id = %(last)s", ["the end of the chain is missing"]),
    "two entries exchange what they say": (
        """
        UPDATE docket_entry AS one SET act = other.act, facts = other.facts FROM docket_entry AS other
        WHERE one.dossier_id = %(dossier)s AND other.dossier_id = one.dossier_id
        AND (one.sequence, other.sequence) IN ((3, 4), (4, 3))
        """,
        ["was changed", "was changed"],
    ),
}


def as_owner(url, statement, values):
    """Do what only the owner of the database can do, with the triggers switched off."""
    owner = addresses.with_name(databases.owner_url(), addresses.name_of(url))
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute("ALTER TABLE docket_entry DISABLE TRIGGER USER")
        server.execute(statement, values)
        server.execute("ALTER TABLE docket_entry ENABLE TRIGGER USER")


def places(written):
    entries = list(written.dossier().entries.order_by("sequence"))
    return {"third": entries[2].pk, "last": entries[-1].pk, "dossier": written.dossier().pk}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_the_owner_changes_is_found(committed_db, tell, what):
    written = told(tell)
    statement, expected = TAMPERING[what]
    as_owner(committed_db, statement, places(written))
    assert [place.what for place in verify(written.dossier())][: len(expected)] == expected
    assert list(audit.verify()) != []


def test_a_chain_that_was_written_anew_is_found_by_the_root_of_its_day(committed_db, tell):
    written = told(tell)
    with clock.simulated(date(2025, 3, 4)):
        audit.anchor_days_over()
    assert list(audit.verify()) == []
    forged = written.dossier().entries.order_by("sequence").last()
    forged.facts = {"remark": "forged"}
    as_owner(
        committed_db,
        "UPDATE docket_entry SET facts = %(facts)s::jsonb, hash = %(hash)s WHERE id = %(id)s",
        {"facts": '{"remark": "forged"}', "hash": digest(forged), "id": forged.pk},
    )
    dossier = written.dossier()
    type(dossier).objects.filter(pk=dossier.pk).update(head_hash=digest(forged))
    assert list(verify(written.dossier())) == []
    assert [(place.dossier, place.what) for place in audit.verify()] == [("2025-03-03", "the root of the day differs")]


def test_the_roots_of_days_that_were_missed_are_made_up_and_written_once(written):
    with clock.simulated(date(2025, 3, 3)):
        assert audit.anchor_days_over() == []
    with clock.simulated(date(2025, 3, 10)):
        roots = audit.anchor_days_over()
        assert audit.anchor_days_over() == []
    assert [root.day for root in roots] == [date(2025, 3, 3)]
    assert AuditRoot.objects.get().dossiers == 3  # plan, task and sample
