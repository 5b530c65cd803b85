"""The book: written with what was done, read once an hour, sealed by day, changed by nobody unseen."""

from contextlib import suppress
from datetime import date, time

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from spotcheck.docket import audit, book, clock
from spotcheck.docket.models import AuditRoot, Record
from spotcheck.docket.sessions import session
from spotcheck.parties.models import Office, Post, User
from spotcheck.rules.book import ALSO_LOGGED, FAMILIES, KINDS, OF_PERSONS, OPEN, SUBJECTS, VALUES, family_of
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.worlds import played

DAY = date(2025, 3, 3)
NEXT = date(2025, 3, 4)


def an_officer(name="chen"):
    user = User.objects.create(username=name, full_name="陈立")
    return Post.objects.create(
        user=user, office=Office.objects.get(code="370100"), role="officer", since=date(2025, 1, 1)
    )


@played
def officer():
    return an_officer()


def change(officer, **more):
    kind = more.pop("kind", "people.change")
    return book.write(kind, by=officer, user=officer.user, subject=officer.user, **more)


def test_every_kind_has_a_family_and_words_in_two_languages():
    assert {family_of(kind) for kind in KINDS} == set(FAMILIES)
    for words in (*KINDS.values(), *FAMILIES.values(), *SUBJECTS.values(), *VALUES.values()):
        assert words.zh
        assert words.en.isascii()
    assert len({words.en for words in KINDS.values()}) == len(KINDS)


def test_a_line_says_who_in_which_post_what_about_whom_and_from_where(officer):
    with clock.simulated(DAY):
        change(
            officer, before={"mobile": "1"}, after={"mobile": "2"}, reason="换号", address="10.1.2.3", request_id="r-1"
        )
    line = Record.objects.get()
    assert (line.user, line.post, line.office) == (officer.user, officer, officer.office)
    assert (line.subject_type, line.subject_id) == ("user", str(officer.user_id))
    assert (line.before, line.after, line.reason) == ({"mobile": "1"}, {"mobile": "2"}, "换号")
    assert (line.address, line.request_id, line.hour) == ("10.1.2.3", "r-1", None)
    assert clock.today_of(line.at) == DAY
    assert list(book.verify()) == []


def logged(caplog):
    """The lines of security in the log, as they go out."""
    return [record.msg for record in caplog.records if record.name == "spotcheck.security"]


@pytest.mark.parametrize("family", sorted(ALSO_LOGGED))
def test_an_event_of_security_is_a_line_of_the_log_once_it_is_committed(
    officer, caplog, family, django_capture_on_commit_callbacks
):
    """By keys and the hash of its line; no name, nothing that was typed, and nothing before the commit."""
    kind = next(kind for kind in KINDS if family_of(kind) == family)
    with caplog.at_level("INFO", logger="spotcheck.security"):
        with django_capture_on_commit_callbacks(execute=True):
            line = change(officer, kind=kind, after={"mobile": "13900000000"}, reason="换号", address="10.1.2.3")
            assert logged(caplog) == []
        (told,) = logged(caplog)
    assert (told["event"], told["kind"], told["line"], told["hash"]) == ("security", kind, line.pk, line.hash)
    assert (told["by"], told["about"], told["key"]) == (officer.user_id, "user", str(officer.user_id))
    for untold in ("chen", "陈立", "13900000000", "换号", "10.1.2.3"):
        assert untold not in str(told)


def test_what_somebody_typed_never_gets_into_the_log(db, caplog, django_capture_on_commit_callbacks):
    """A wrong try may hold a password in the place of a name."""
    with caplog.at_level("INFO", logger="spotcheck.security"), django_capture_on_commit_callbacks(execute=True):
        book.write("sign_in.failed", by=None, user=None, subject=("name", "my-password-1"))
    (told,) = logged(caplog)
    assert (told["kind"], told["about"], told["key"]) == ("sign_in.failed", "name", "")
    assert "my-password-1" not in str(told)


def test_what_did_not_come_about_and_what_was_only_read_is_not_logged(
    officer, caplog, django_capture_on_commit_callbacks
):
    with caplog.at_level("INFO", logger="spotcheck.security"), django_capture_on_commit_callbacks(execute=True):
        change(officer, kind="read.person")
        with suppress(RuntimeError), transaction.atomic():
            change(officer)
            raise RuntimeError
    assert logged(caplog) == []


def test_a_kind_that_nobody_declared_is_refused(officer):
    with pytest.raises(AssertionError, match=r"people\.promote"):
        change(officer, kind="people.promote")


def test_lines_of_one_session_have_its_moment(officer):
    with session() as running:
        change(officer)
        change(officer)
    assert {line.at for line in Record.objects.all()} == {running.now}


def test_a_reading_is_one_line_for_each_person_subject_and_hour(officer):
    other = an_officer("zhao")
    for hour, reader, number in (
        (9, officer, "1"),
        (9, officer, "1"),
        (9, officer, "2"),
        (9, other, "1"),
        (10, officer, "1"),
    ):
        with clock.simulated(DAY, time(hour, 15 if number == "2" else 40)):
            book.write("read.paper", by=reader, user=reader.user, subject=("paper", number))
    assert Record.objects.count() == 4
    assert list(book.verify()) == []


def test_what_is_no_reading_is_a_line_each_time(officer):
    with clock.simulated(DAY):
        assert {change(officer).pk, change(officer).pk} == set(Record.objects.values_list("pk", flat=True))
        assert book.write("read.dossier", by=officer, user=officer.user, subject=("dossier", 7)) is not None
        assert book.write("read.dossier", by=officer, user=officer.user, subject=("dossier", 7)) is None


def test_a_reading_without_a_reader_is_refused(officer):
    with pytest.raises(DatabaseError), transaction.atomic():
        book.write("read.dossier", by=None, user=None, subject=("dossier", 7))


def test_what_says_something_of_a_person_is_masked_for_all_but_auditors():
    said = {"mobile": "13900000000", "since": "2025-03-03", "email": ""}
    assert book.shown(said, to_auditor=True) == said
    assert book.shown(said, to_auditor=False) == {"mobile": book.MASK, "since": "2025-03-03", "email": ""}
    assert book.shown(None, to_auditor=True) == {}
    assert OPEN.isdisjoint({"full_name", "username", "mobile", "email", "number", "name", "user"})
    assert set(VALUES) >= OF_PERSONS


@pytest.mark.parametrize("table", ["docket_record", "docket_auditroot"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_can_neither_change_nor_delete_a_line_or_a_root(officer, table, statement):
    change(officer)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_what_cannot_be_written_down_is_not_done(officer):
    with transaction.atomic():
        officer.user.full_name = "陈丽"
        officer.user.save()
        with pytest.raises(DatabaseError):
            change(officer, request_id="x" * 65)
        transaction.set_rollback(True)
    officer.user.refresh_from_db()
    assert officer.user.full_name == "陈立"


def as_owner(url, statement):
    """Do what only the owner of the database can do, with the triggers switched off."""
    owner = addresses.with_name(databases.owner_url(), addresses.name_of(url))
    with psycopg.connect(owner, autocommit=True) as server:
        for table in ("docket_record", "docket_auditroot"):
            server.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        server.execute(statement)


TAMPERING = {
    "a line is changed": (
        "UPDATE docket_record SET reason = 'x' WHERE id = (SELECT min(id) FROM docket_record)",
        {"was changed"},
    ),
    "a line is taken out": (
        "DELETE FROM docket_record WHERE id = (SELECT min(id) FROM docket_record)",
        {"the book of the day differs"},
    ),
    "a line is put in": (
        (
            "INSERT INTO docket_record (at, kind, subject_type, subject_id, reason, address, request_id, hash) "
            "VALUES ('2025-03-03 01:00+00', 'settings.change', 'site', '1', '', '', '', 'ff')"
        ),
        {"the book of the day differs", "was changed"},
    ),
    "a root is changed": (
        f"UPDATE docket_auditroot SET book = '{'0' * 64}' WHERE day = '2025-03-03'",
        {"the book of the day differs", "the root was changed"},
    ),
    "a root is taken out": (
        "DELETE FROM docket_auditroot WHERE day = '2025-03-03'",
        {"does not follow the root before"},
    ),
    "a root loses its seal": (
        "UPDATE docket_auditroot SET seal = '' WHERE day = '2025-03-03'",
        {"does not follow the root before"},
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_the_owner_changes_is_found(committed_db, what):
    officer = an_officer()
    for day in (DAY, NEXT):
        with clock.simulated(day):
            change(officer)
            change(officer)
    with clock.simulated(date(2025, 3, 5)):
        assert [root.records for root in audit.anchor_days_over()] == [2, 2]
    assert list(audit.verify()) == []
    statement, expected = TAMPERING[what]
    as_owner(committed_db, statement)
    assert {place.what for place in audit.verify()} == expected


def test_roots_are_chained_in_the_order_of_writing(officer):
    with clock.simulated(NEXT):
        change(officer)
    with clock.simulated(date(2025, 3, 10)):
        (later,) = audit.anchor_days_over()
    with clock.simulated(DAY):
        change(officer)
    with clock.simulated(date(2025, 3, 10)):
        (missed,) = audit.anchor_days_over()
    assert (later.previous, missed.previous) == ("", later.seal)
    assert list(audit.verify()) == []


def test_the_root_of_an_older_program_is_named_by_the_next_one(officer):
    with clock.simulated(DAY):
        change(officer)
    nothing = audit.root_of(DAY)[0]
    AuditRoot.objects.create(day=DAY, dossiers=0, root=nothing, made_at=clock.now())
    with clock.simulated(NEXT):
        change(officer)
    with clock.simulated(date(2025, 3, 5)):
        (root,) = audit.anchor_days_over()
    assert root.previous == nothing
    assert list(audit.verify()) == []
