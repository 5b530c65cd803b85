"""Nothing forged: what is written once can be changed by nobody unseen, whichever role tries."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from spotcheck.docket import audit, clock, roots, seals
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import AuditRoot
from spotcheck.rules.kept import SEALED, TABLES, UNSEALED
from spotcheck.wiring.machine import addresses
from spotcheck.wiring.operating import databases
from tests.reliability.conftest import LATER, without_triggers

PLAYED = "J18"
AFTER = date(2030, 1, 1)
OF_A_KIND = {"importance": "CASE WHEN importance = 'B' THEN 'A' ELSE 'B' END"}
"""Another value of a column that takes few of them."""
DEEDS = {"I": "INSERT", "U": "UPDATE", "D": "DELETE"}
WITH_ROWS = {
    "docket_dossier", "docket_party", "docket_track", "docket_deadline", "docket_message", "docket_involvement",
    "notices_paper", "notices_recipient", "notices_series", "parties_office",
}  # fmt: skip
"""Tables in which the played file leaves rows, so that each column of theirs is really tried."""


def asked(statement: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def columns_of(table: str) -> dict[str, str]:
    """The columns of a table with their types."""
    found = "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
    return dict(asked(found, table))


def forged(column: str, kind: str) -> str:
    """SQL of another value of a column."""
    if column in OF_A_KIND:
        return OF_A_KIND[column]
    if column.endswith("sha256"):
        return "repeat('b', 64)"
    if kind in {"varchar", "text"}:
        return f"CASE WHEN {column} = 'x' THEN 'y' ELSE 'x' END"
    if kind in {"int2", "int4", "int8"}:
        return f"coalesce({column}, 0) + {1 if kind == 'int2' else 1_000_000}"
    return {
        "date": f"coalesce({column}, '2000-01-01') - 1",
        "timestamptz": f"coalesce({column}, '2000-01-01') - interval '1 day'",
        "jsonb": """'{"forged": true}'""",
        "bool": f"NOT {column}",
        "uuid": "gen_random_uuid()",
    }[kind]


@pytest.mark.django_db
def test_every_table_is_listed_and_every_listed_column_is_there():
    present = {name for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert present - TABLES.keys() == set(), "say in rules/kept.py what may be done with it and what never changes"
    assert TABLES.keys() - present <= {"demo_demostate"}
    for table in present:
        kept = TABLES[table]
        assert {*kept.fixed, *kept.once} <= columns_of(table).keys(), table
        assert set(kept.fixed).isdisjoint(kept.once), table
    for sealed in SEALED.values():
        assert set(sealed.columns) <= columns_of(sealed.table).keys()


def test_whatever_is_written_once_is_sealed_or_says_why_not():
    """A table with a promise that no root covers is one that its owner can change unseen."""
    promised = {name for name, kept in TABLES.items() if kept.promises or kept.for_good}
    sealed = {one.table for one in SEALED.values()}
    assert promised - sealed - UNSEALED.keys() == set(), "seal it in rules/kept.SEALED, or say why not"
    assert UNSEALED.keys() & sealed == set()
    assert UNSEALED.keys() <= promised
    assert all(len(why) > 20 for why in UNSEALED.values())


@pytest.mark.django_db
def test_what_a_root_seals_is_written_once():
    for name, sealed in SEALED.items():
        kept = TABLES[sealed.table]
        assert kept.for_good or set(sealed.columns) - {"form", "letter"} <= {*kept.fixed, *kept.once}, name


@pytest.mark.django_db
def test_the_rights_of_the_application_are_those_listed():
    given: dict[str, set[str]] = {}
    for table, right in asked(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = %s",
        databases.application_role(),
    ):
        given.setdefault(table, set()).add(right)
    assert given == {
        table: {"SELECT", *(DEEDS[letter] for letter in TABLES[table].may)} for table in given.keys() | TABLES.keys()
        if table in given
    }  # fmt: skip
    assert {"docket_entry", "notices_paper", "django_migrations"} <= given.keys()
    assert list(checking.check(["I17"])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", [name for name, kept in TABLES.items() if kept.promises])
def test_a_trigger_looks_at_every_listed_column(table):
    ((definition,),) = asked(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
        table,
        f"{table}_written_once",
    )
    for column in (*TABLES[table].fixed, *TABLES[table].once):
        assert re.search(rf"new\.{column}\b", definition.replace('"', "")), column


def tampered(table: str) -> list[str]:
    """Try to change every promised column of some row; return those that let it happen."""
    kept, kinds, through = TABLES[table], columns_of(table), []
    for column in (*kept.fixed, *kept.once):
        empty = f"coalesce({column}::text, '') NOT IN ('', '[]', '{{}}')" if column in kept.once else "true"
        some = f"ctid = (SELECT ctid FROM {table} WHERE {empty} LIMIT 1)"  # noqa: S608
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = {forged(column, kinds[column])} WHERE {some}")  # noqa: S608
                if cursor.rowcount:
                    through.append(column)
        except DatabaseError as refused:
            why = "written once" if "U" in kept.may else "permission denied"
            assert why in str(refused), (table, column, refused)  # noqa: PT017
    return through


@pytest.mark.slow
def test_the_application_can_change_no_column_that_is_written_once(as_owner):
    with as_owner(PLAYED):
        url = addresses.with_name(databases.application_url(), connection.settings_dict["NAME"])
    with databases.using(url):
        with_rows = {name for name, kept in TABLES.items() if kept.promises and name in present() and has_rows(name)}
        assert with_rows >= WITH_ROWS
        assert {name: through for name in with_rows if (through := tampered(name))} == {}
        for name, kept in TABLES.items():
            for letter, deed in (("U", "UPDATE {} SET {} = {}"), ("D", "DELETE FROM {} WHERE {} = {}")):
                if letter in kept.may or name not in present():
                    continue
                column = next(iter(columns_of(name)))
                with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                    asked(deed.format(name, column, column))


def present() -> set[str]:
    return set(connection.introspection.table_names())


def has_rows(table: str) -> bool:
    return bool(asked(f"SELECT 1 FROM {table} LIMIT 1"))  # noqa: S608


@pytest.mark.slow
def test_what_the_owner_changes_is_found_by_the_check_of_the_night(as_owner):
    with as_owner(PLAYED), clock.simulated(AFTER):
        asked("SELECT 1; " + without_triggers() + " SELECT 1")
        fill()
        audit.anchor_days_over()
        assert list(audit.verify()) == []
        for name, sealed in SEALED.items():
            kinds = columns_of(sealed.table)
            for column in sealed.columns:
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        row = f"ctid = (SELECT ctid FROM {sealed.table} AS t WHERE {sealed.moment} IS NOT NULL LIMIT 1)"  # noqa: S608
                        new = forged(column, kinds[column])
                        cursor.execute(f'UPDATE {sealed.table} SET "{column}" = {new} WHERE {row}')  # noqa: S608
                        assert cursor.rowcount == 1, name
                        found = {place.what for place in audit.verify()}
                        told = any(what.startswith(f"the {name} of ") for what in found)
                        assert told or (column == "id" and found), (name, column, found)
                        raise Undo  # noqa: TRY301
                except Undo:
                    pass


@pytest.mark.slow
def test_an_owner_who_makes_the_roots_anew_is_found_by_whoever_kept_them(as_owner):
    """The night's check believes him, because everything fits again; yesterday's file does not."""
    with as_owner(PLAYED), clock.simulated(AFTER):
        asked("SELECT 1; " + without_triggers() + " SELECT 1")
        audit.anchor_days_over()
        kept = list(roots.lines())
        assert list(roots.compare(kept)) == []
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE notices_recipient SET word = 'forged' WHERE id = (SELECT min(id) FROM notices_recipient)"
            )
            assert cursor.rowcount == 1
            assert list(audit.verify()) != []
            cursor.execute("ALTER TABLE docket_auditroot DISABLE TRIGGER USER; DELETE FROM docket_auditroot")
        audit.anchor_days_over()
        assert list(audit.verify()) == []
        assert {place.what for place in roots.compare(kept)} == {
            "the root differs from the one that was kept elsewhere"
        }


@pytest.mark.django_db
def test_what_is_sealed_later_than_the_rest_is_covered_from_its_beginning():
    """An older root knows nothing of it; the next one says everything that was there before."""
    older = seals.as_text({name: [0, ""] for name in SEALED if name != "accounts"}, first=())
    assert seals.new_since(older) == {"accounts"}
    assert seals.new_since("") == set(SEALED)
    with clock.simulated(LATER):
        line = seals.as_text(seals.of(LATER), first={"accounts"})
        assert list(seals.differences(line, seals.of(LATER))) == []
        asked(
            "INSERT INTO parties_user (username, full_name, password, first_name, last_name, email, is_staff, "
            "is_superuser, is_active, date_joined) VALUES ('x', 'x', '', '', '', '', false, false, true, "
            "'2026-04-20 09:00+08') RETURNING 1"
        )
        told = list(seals.differences(line, seals.of(LATER)))
    assert told == ["the accounts of before 2026-04-30 differ"]


class Undo(Exception):
    """Takes one change back."""


def fill() -> None:
    """Rows of every kind that a root seals, where the played file left none."""
    for name, sealed in SEALED.items():
        if asked(f"SELECT 1 FROM {sealed.table} AS t WHERE {sealed.moment} IS NOT NULL LIMIT 1"):  # noqa: S608
            continue
        asked(ROWS[name])


_AT = "'2026-04-20 09:00+08'"
ROWS = {
    "drawn papers": f"UPDATE notices_paper SET drawn_at = {_AT}, file = 'a', sha256 = 'b', size = 1 RETURNING 1",
    "proofs": (
        "INSERT INTO notices_service (recipient_id, method, outcome, started_on, tracking_no, announced_where, servers, "
        "received_by, capacity, witness, refusal, returned_reason, proof_name, proof_file, proof_sha256, recorded_at, "
        f"ended_at) SELECT id, 'mail', 'corrected', '2026-04-20', '', '', '[]', '', '', '', '', '', 'a', 'b', 'c', {_AT}, "
        f"{_AT} FROM notices_recipient LIMIT 1 RETURNING 1"
    ),
    "files": (
        "INSERT INTO files_storedfile (sha256, file, size, media_type, findings, checked_at) "
        f"VALUES (repeat('a', 64), 'a', 1, 'application/pdf', '{{}}', {_AT}) RETURNING 1"
    ),
    "evidence": (
        "INSERT INTO docket_evidence (dossier_id, entry_id, kind, stored_id, name, about) "
        "SELECT dossier_id, id, 'slip', repeat('a', 64), 'a', '{}' FROM docket_entry LIMIT 1 RETURNING 1"
    ),
    "particulars": (
        "INSERT INTO notices_particulars (dossier_id, data, recorded_at) "
        f"SELECT id, '{{}}', {_AT} FROM docket_dossier LIMIT 1 RETURNING 1"
    ),
    "calendar notices": (
        "INSERT INTO docket_calendarnotice (year, source, text, proposed_by, proposed_at, confirmed_by, confirmed_at) "
        f"VALUES (2027, 'a', 'b', 'c', {_AT}, 'd', {_AT}) RETURNING 1"
    ),
    "rule sets": (
        "INSERT INTO docket_rulesetrecord (rule_set, document, issued_on, valid_from, valid_until, demonstration, "
        f"recorded_by, recorded_at) VALUES ('SD-2021-1', 'a', '2026-04-20', '2026-05-03', '2027-05-02', false, 'b', {_AT}) "
        "RETURNING 1"
    ),
    "voided numbers": (
        "INSERT INTO notices_voidednumber (series_id, serial, number, reason, voided_at) "
        f"SELECT id, 999, 'a', 'b', {_AT} FROM notices_series LIMIT 1 RETURNING 1"
    ),
    "rules of detail": (
        "INSERT INTO planning_detailrule (name, version, product_kind, valid_from, decision, decision_text, "
        "longest_transit_hours, fingerprint, imported_at, published_at) "
        f"VALUES ('a', 'b', 'c', '2026-04-20', 'by_lab', '', 72, 'd', {_AT}, {_AT}) RETURNING 1"
    ),
    "written conclusions": (
        "INSERT INTO objections_verification (objection_id, writer, position, reasons, document, filed_on, entry_id) "
        "SELECT 1, 'lab', 'upholds', 'a', 'b', '2026-04-20', id FROM docket_entry LIMIT 1 RETURNING 1"
    ),
    "films": (
        "INSERT INTO sampling_film (dossier_id, entry_id, sha256, kept_by) "
        "SELECT dossier_id, id, repeat('a', 64), 'b' FROM docket_entry LIMIT 1 RETURNING 1"
    ),
    "accounts": (
        "INSERT INTO parties_user (username, full_name, password, first_name, last_name, email, is_staff, is_superuser, "
        f"is_active, date_joined) VALUES ('a', 'b', '', '', '', '', false, false, true, {_AT}) RETURNING 1"
    ),
    "items of rules": (
        "INSERT INTO planning_ruleitem (rule_id, place, number, code, name, kind, importance, method, judged_by, mandatory, "
        "\"limit\", unit, required_lod, reproducible, remark) SELECT id, 1, '1', 'a', 'b', 'safety', 'A', 'c', 'd', true, "
        "'{}', 'e', 'f', true, 'g' FROM planning_detailrule LIMIT 1 RETURNING 1"
    ),
    "results": (
        "INSERT INTO inspection_itemresult (dossier_id, entry_id, number, name, phase, revision, reported, shown, verdict, "
        "computed, compared, why, reason) SELECT dossier_id, id, '1', 'a', 'first', 1, '{}', 'b', 'pass', 'pass', 'c', "
        "'{}', 'd' FROM docket_entry LIMIT 1 RETURNING 1"
    ),
    "proposals": (
        "INSERT INTO registers_proposal (kind, office_id, details, reason, account, proposed_on, last_day, outcome) "
        "SELECT 'grant', id, '{}', 'a', 'b', '2026-04-20', '2026-04-27', '' FROM parties_office LIMIT 1 RETURNING 1"
    ),
    "decided proposals": ("UPDATE registers_proposal SET outcome = 'declined', decided_on = '2026-04-20' RETURNING 1"),
    "credentials": (
        "INSERT INTO api_credential (client_id, redirect_uris, post_logout_redirect_uris, client_type, "
        "authorization_grant_type, client_secret, hash_client_secret, name, skip_authorization, created, updated, "
        "algorithm, allowed_origins, registration_source, office_id, label, scopes, networks, expires_on) "
        f"SELECT 'a', '', '', 'confidential', 'client-credentials', 'b', false, 'c', false, {_AT}, {_AT}, '', '', '', id, 'd', "
        "'[]', '[]', '2027-01-01' FROM parties_office LIMIT 1 RETURNING 1"
    ),
    "revoked credentials": f"UPDATE api_credential SET revoked_at = {_AT} RETURNING 1",
    "answers to programs": (
        "INSERT INTO api_keptanswer (scope, key, fingerprint, status, body, at) "
        f"VALUES ('a', 'b', 'c', 201, 'd', {_AT}) RETURNING 1"
    ),
    "prepared papers": (
        "WITH b AS (INSERT INTO notices_numberblock (series_id, first, last, holder, taken_at) "
        f"SELECT id, 999, 999, 'a', {_AT} FROM notices_series LIMIT 1 RETURNING id), "
        "v AS (INSERT INTO notices_templateversion (digest, name, version, source) "
        "VALUES (repeat('b', 64), 'a', '2026-04-20', 'c') RETURNING digest) "
        "INSERT INTO notices_preparedpaper (dossier_id, form, block_id, number, code, issuer_id, template_id, snapshot, "
        f"gaps, prepared_at) SELECT (SELECT min(id) FROM docket_dossier), 1, b.id, 'a', 'b', (SELECT min(id) FROM "
        f"parties_office), v.digest, '{{}}', '[]', {_AT} FROM b, v RETURNING 1"
    ),
    "field logs": (
        'INSERT INTO sampling_fieldbatch (id, visit, "foreign", log, issued_at, device, post_id, posts, app, schema, sha256, '
        f"first, last, device_now, \"offset\", received_at, reason) SELECT gen_random_uuid(), 'a', false, 'b', {_AT}, 'c', "
        f"min(id), '[]', '', 1, 'd', 1, 1, {_AT}, 0, {_AT}, '' FROM parties_post RETURNING 1"
    ),
    "frames": (
        "INSERT INTO planning_frame (task_id, lines, sha256, frozen_at) "
        f"SELECT id, '[]', 'a', {_AT} FROM planning_task LIMIT 1 RETURNING 1"
    ),
}


@pytest.mark.django_db
def test_the_first_root_that_seals_covers_all_that_was_there_before():
    with clock.simulated(date(2025, 3, 3)):
        asked(ROWS["calendar notices"].replace("2026-04-20", "2025-03-01"))
    with clock.simulated(LATER):
        line = seals.as_text(seals.of(date(2025, 3, 3)), first=SEALED)
        assert list(seals.differences(line, seals.of(date(2025, 3, 3)))) == []
        asked(ROWS["rule sets"].replace("2026-04-20 09", "2025-03-02 09"))
        told = list(seals.differences(line, seals.of(date(2025, 3, 3))))
    assert told == ["the rule sets of before 2026-04-30 differ"]
    assert AuditRoot.objects.count() == 0


@pytest.mark.slow
def test_every_post_of_a_sampler_was_entitled_by_the_migration(as_owner):
    """Article 12: kept lists are read from entitlements since; nobody else gets one, and twice is once."""
    fill_in = import_module("spotcheck.parties.migrations.0005_samplers_are_entitled_to_sample").FILL
    with as_owner(PLAYED):
        with connection.cursor() as cursor:
            cursor.execute(without_triggers())
            cursor.execute("UPDATE parties_post SET entitlements = '[]'")
            cursor.execute("UPDATE parties_post SET role = 'officer' WHERE id = (SELECT min(id) FROM parties_post)")
            for _again in range(2):
                cursor.execute(fill_in)
        found = asked("SELECT role, entitlements FROM parties_post")
        assert set(found) == {("sampler", '["sample"]'), ("officer", "[]")}
