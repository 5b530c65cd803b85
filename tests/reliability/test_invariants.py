"""Each invariant holds in whatever was played, and is seen to be broken by what breaks it."""

import json

import pytest
from django.db import connection

from spotcheck.cli import check_invariants
from spotcheck.cli.main import main
from spotcheck.docket import tasks
from spotcheck.docket.invariants import checking
from spotcheck.docket.invariants.known import edges
from spotcheck.docket.models import Beat, Dossier, Message
from spotcheck.wiring.operating import databases
from tests.demo.replay import Replay
from tests.reliability.conftest import STEMS

RETEST = "J18"  # waived by a lapse, reinstated with proof, retested
ORDER = "S07"  # a window that lapsed, an order that was received; then nothing more is done
MOVED = "J60"  # cases that go to another bureau in every state, with what runs
REJECTED = "L01"  # refusals that are rejected lead back to where they were claimed


def broken_by(statements: str) -> dict[str, set[str]]:
    """What is found after these statements: for each invariant the complaints, without the switched-off triggers."""
    with connection.cursor() as cursor:
        cursor.execute(statements)
    found: dict[str, set[str]] = {}
    for row in checking.check():
        switched_off = row.invariant == "I17" and row.what.startswith("the trigger ")
        if row.subject != "the table of entries" and not switched_off:
            found.setdefault(row.invariant, set()).add(row.what)
    return found


DROP = "ALTER TABLE {} DROP CONSTRAINT {};"
PLAIN = "ALTER TABLE notices_paper ALTER COLUMN found_by DROP EXPRESSION;"
"""A row is doubled whole, so the column that the database computes becomes one like the others."""
FIRING = "(SELECT id FROM docket_entry WHERE act = 'result_notice.lapse')"
TWICE = (
    DROP.format("docket_entry", "entry_sequence_once")
    + "INSERT INTO docket_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', 900000 + id))).* "
    "FROM docket_entry e WHERE {}"
)
SOMEBODY = (
    "INSERT INTO parties_user (username, full_name, password, is_superuser, first_name, last_name, email, is_staff, "
    "is_active, date_joined) VALUES ('somebody', '某人', '!', false, '', '', '', false, true, now());"
)
A_POST = (
    "INSERT INTO parties_post (user_id, office_id, role, since, entitlements) SELECT u.id, o.id, '{}', '2021-01-01', {} "
    "FROM parties_user u, parties_office o WHERE u.username = 'somebody' AND o.code = '370000';"
)
AWAY = (
    "INSERT INTO parties_absence (post_id, deputy_id, first_day, last_day, reason) "
    "SELECT min(p.id), max(p.id), make_date(2024, 3, {}), make_date(2024, 3, {}), '' FROM parties_post p "
    "JOIN parties_user u ON u.id = p.user_id WHERE username = 'somebody';"
)
LINE = (
    "INSERT INTO docket_record (at, kind, subject_type, subject_id, reason, address, request_id, hash) "
    "VALUES ('2026-04-30 01:00+00', 'settings.change', 'site', '1', '', '', '', 'ff');"
)
GRANTED = (
    "INSERT INTO docket_record (at, kind, subject_type, subject_id, after, reason, address, request_id, hash) "
    "SELECT now(), 'people.grant', 'user', p.user_id::text, jsonb_build_object('post', p.id, 'office', '370000', 'role', "
    "'officer', 'since', '2021-01-01', 'certificate', '', 'entitlements', '[]'::jsonb), '', '', '', 'ff' "
    "FROM parties_post p JOIN parties_user u ON u.id = p.user_id WHERE username = 'somebody';"
)
SEALED = (
    "INSERT INTO docket_auditroot (day, dossiers, root, records, book, previous, seal, made_at) "
    "VALUES ('2026-04-30', 0, encode(sha256(''), 'hex'), 0, encode(sha256(''), 'hex'), '', 'ff', now());"
)
BREAKS = {
    "a period fires twice": (ORDER, "I1", TWICE.format("act = 'result_notice.lapse'"), "without a period"),
    "one firing ends two": (
        ORDER,
        "I1",
        f"UPDATE docket_deadline SET status = 'lapsed', ended_by_id = {FIRING}, wake_on = NULL WHERE rule = 'D44'",
        "several periods",
    ),
    "a due period is left": (
        ORDER,
        "I1",
        "UPDATE docket_deadline SET status = 'running', wake_on = due_on + 30 WHERE rule = 'D44'",
        "due and not done",
    ),
    "a parked one is left": (
        ORDER,
        "I1",
        "UPDATE docket_deadline SET wake_on = '2020-01-01', parked_at = now(), tries = 3 WHERE rule = 'D46B'",
        "parked after 3 tries",
    ),
    "marked, and never done": (
        ORDER,
        "I1",
        "UPDATE docket_deadline SET status = 'running', wake_on = NULL WHERE rule = 'D44'",
        "will never be done",
    ),
    "lapsed by nobody": (
        ORDER,
        "I1",
        "UPDATE docket_deadline SET ended_by_id = NULL WHERE rule = 'D35'",
        "lapsed without an entry",
    ),
    "nobody was told": (ORDER, "I1", f"DELETE FROM docket_message WHERE entry_id = {FIRING}", "nobody was told"),
    "the bureau was not told": (
        ORDER,
        "I1",
        "DELETE FROM docket_message WHERE kind = 'duty_overdue'",
        "the bureau was not told",
    ),
    "a message doubled": (
        ORDER,
        "I1",
        DROP.format("docket_message", "message_once")
        + "INSERT INTO docket_message SELECT (jsonb_populate_record(m, jsonb_build_object('id', 900000))).* "
        f"FROM docket_message m WHERE entry_id = {FIRING} LIMIT 1",
        "told 2 times",
    ),
    "a period was not opened": (
        ORDER,
        "I2",
        "UPDATE docket_message SET deadline_id = NULL; DELETE FROM docket_deadline WHERE rule = 'D46B'",
        "D46B was opened 0 times",
    ),
    "a case moved and its clock did not": (
        MOVED,
        "I2",
        (
            "DELETE FROM docket_message;"
            "DELETE FROM docket_deadline d USING docket_entry e WHERE e.id = d.started_by_id AND d.rule = 'D46B' "
            "AND e.act = 'rectification.take_over_running'"
        ),
        "D46B was opened 0 times",
    ),
    "a paper is missing": (
        ORDER,
        "I2",
        "UPDATE notices_paper SET entry_id = (SELECT min(id) FROM docket_entry) WHERE form = 11",
        "form 11 was issued 0 times",
    ),
    "a line of the register is missing": (
        ORDER,
        "I2",
        "DELETE FROM docket_track WHERE chart = 'ban'",
        "is not in the register",
    ),
    "a state was written over": (
        ORDER,
        "I3",
        "UPDATE remediation_rectification SET state = 'passed'",
        "is passed, but its entries lead to window_lapsed",
    ),
    "the register says otherwise": (
        ORDER,
        "I3",
        "UPDATE docket_track SET state = 'passed' WHERE chart = 'rectification'",
        "is registered as passed, but its entries lead to window_lapsed",
    ),
    "a forbidden step": (
        ORDER,
        "I3",
        (
            "UPDATE docket_entry SET to_state = 'window_closed' WHERE act = 'result_notice.send';"
            "UPDATE docket_entry SET from_state = 'window_closed' WHERE act = 'result_notice.record_receipt'"
        ),
        "no chart allows due -> window_closed",
    ),
    "a step from elsewhere": (
        ORDER,
        "I3",
        "UPDATE docket_entry SET to_state = 'due' WHERE act = 'result_notice.send'",
        "starts from sent, but the state was due",
    ),
    "a case that moved into another state": (
        MOVED,
        "I3",
        "UPDATE docket_entry SET to_state = 'failed' WHERE act = 'rectification.take_over_running'",
        "goes on as failed, but was",
    ),
    "a rejected refusal that skips Form 1": (
        REJECTED,
        "I3",
        "UPDATE docket_entry SET to_state = 'prechecked' WHERE act = 'sampling.reject_refusal'",
        "goes on as prechecked, but was assigned",
    ),
    "entries without a matter": (
        ORDER,
        "I3",
        "DELETE FROM remediation_ban",
        "entries without a matter",
    ),
    "a date that nobody can count": (
        ORDER,
        "I4",
        "UPDATE docket_deadline SET due_on = due_on + 1, latest = latest + 9 WHERE rule = 'D44'",
        "counted again",
    ),
    "a start that nobody entered": (
        ORDER,
        "I4",
        "UPDATE docket_deadline SET started_on = started_on + 1 WHERE rule = 'D43'",
        "which no entry says",
    ),
    "a version that was thrown away": (
        ORDER,
        "I4",
        "UPDATE docket_deadline SET status = 'corrected' WHERE rule = 'D43'",
        "a version is missing",
    ),
    "fired a day early": (
        ORDER,
        "I4",
        (
            "UPDATE docket_entry e SET effective_on = d.latest FROM docket_deadline d "
            "WHERE d.ended_by_id = e.id AND d.status = 'lapsed'"
        ),
        "took effect on",
    ),
    "looked at too early": (
        ORDER,
        "I4",
        "UPDATE docket_deadline SET wake_on = due_on WHERE rule = 'D46B'",
        "before its end",
    ),
    "the conclusion changed after the retest": (
        RETEST,
        "I5",
        (
            "UPDATE docket_entry SET act = 'conclusion.retest_conforming' WHERE act = 'conclusion.finalise';"
            "UPDATE docket_entry SET cause_id = NULL WHERE act = 'conclusion.reopen'"
        ),
        "changes what a completed retest has settled, because of nothing",
    ),
    "an item retested twice": (
        RETEST,
        "I5",
        (
            "INSERT INTO objections_retest SELECT (jsonb_populate_record(r, "
            """jsonb_build_object('id', 900000, 'label', '9'))).* FROM objections_retest r"""
        ),
        "was retested 2 times",
    ),
    "one unit for two retests": (
        RETEST,
        "I5",
        (
            "INSERT INTO objections_retest SELECT (jsonb_populate_record(r, "
            """jsonb_build_object('id', 900000, 'label', '9', 'results', '[]'::jsonb))).* FROM objections_retest r"""
        ),
        "was used by 2 retests",
    ),
    "a retested item left open": (
        RETEST,
        "I5",
        "UPDATE inspection_item SET settled = false",
        "was retested and is not settled",
    ),
    "a retest for who tampered": (
        RETEST,
        "I5",
        """UPDATE docket_entry SET actor = actor || '{"word": "province"}' WHERE act = 'retest.waive'""",
        "goes on after a waiver that was no lapse",
    ),
    "an entry taken out": (
        ORDER,
        "I7",
        (
            "DELETE FROM docket_message; UPDATE notices_recipient SET receipt_id = NULL;"
            "UPDATE docket_deadline SET ended_by_id = NULL;"
            "DELETE FROM docket_entry WHERE act = 'ban.activate'"
        ),
        "does not follow the entry before",
    ),
    "a chain cut at its end": (
        ORDER,
        "I7",
        "UPDATE docket_dossier SET entry_count = entry_count + 1",
        "is not the head that the dossier has",
    ),
    "an entry of nobody": (ORDER, "I7", "UPDATE docket_entry SET actor = '{}'", "does not say who"),
    "an entry from the future": (
        ORDER,
        "I7",
        "UPDATE docket_entry SET recorded_at = '2030-01-01' WHERE sequence = 1",
        "was recorded in the future",
    ),
    "a root that differs": (
        ORDER,
        "I7",
        (
            "INSERT INTO docket_auditroot (day, dossiers, root, made_at) "
            "SELECT max(recorded_at)::date, 1, 'ff', now() FROM docket_entry"
        ),
        "the root of the day differs",
    ),
    "a day without a root": (
        ORDER,
        "I7",
        "INSERT INTO docket_auditroot (day, dossiers, root, made_at) VALUES ('2030-01-01', 1, 'ff', now())",
        "the day has no root, a later one has",
    ),
    "a line of the book that nobody sealed": (
        ORDER,
        "I7",
        LINE + SEALED + LINE,
        "the book of the day differs",
    ),
    "a day of the book without a root": (
        ORDER,
        "I7",
        LINE + SEALED.replace("2026-04-30", "2030-01-01"),
        "the day has no root, a later one has",
    ),
    "a root taken out of the chain": (
        ORDER,
        "I7",
        SEALED.replace("2026-04-30", "2030-01-01").replace("'', 'ff'", "'aa', 'ff'"),
        "does not follow the root before",
    ),
    "a root that was written over": (
        ORDER,
        "I7",
        SEALED.replace("2026-04-30", "2030-01-01"),
        "the root was changed",
    ),
    "the rights to the book given back": (
        ORDER,
        "I7",
        f"GRANT UPDATE ON docket_record TO {databases.application_role()}",
        "the role of the application may update",
    ),
    "the rights given back": (
        ORDER,
        "I7",
        f"GRANT UPDATE ON docket_entry TO {databases.application_role()}; UPDATE docket_dossier SET head_hash = ''",
        "is not the head that the dossier has",
    ),
    "a gap in the numbers": (
        ORDER,
        "I8",
        "UPDATE notices_series SET last = last + 1 WHERE form = 11",
        "1 numbers from 1 to 1, the series stands at 2",
    ),
    "a number used twice": (
        ORDER,
        "I8",
        PLAIN
        + DROP.format("notices_paper", "notices_paper_number_key")
        + DROP.format("notices_paper", "notices_paper_code_key")
        + "INSERT INTO notices_paper SELECT (jsonb_populate_record(p, jsonb_build_object('id', 900000))).* "
        "FROM notices_paper p WHERE form = 11",
        "was used 2 times",
    ),
    "a number of no series": (ORDER, "I8", "DELETE FROM notices_series WHERE form = 11", "belongs to no series"),
    "begun twice": (ORDER, "I11", TWICE.format("act = 'ban.activate'"), "began 2 times"),
    "a consequence twice": (ORDER, "I11", TWICE.format("act = 'ban.activate'"), "followed 2 times"),
    "a form twice by one entry": (
        ORDER,
        "I11",
        (
            f"{PLAIN}INSERT INTO notices_paper SELECT (jsonb_populate_record(p, "
            "jsonb_build_object('id', 900000, 'number', 'x', 'code', NULL))).* FROM notices_paper p WHERE form = 11"
        ),
        "was issued 2 times by the same entry",
    ),
    "a period that runs twice": (
        ORDER,
        "I11",
        (
            'DROP INDEX "one_running_period_per_rule_and_matter";'
            "INSERT INTO docket_deadline SELECT (jsonb_populate_record(d, jsonb_build_object('id', 900000))).* "
            "FROM docket_deadline d WHERE rule = 'D46B'"
        ),
        "runs 2 times",
    ),
    "a matter that exists twice": (
        ORDER,
        "I11",
        (
            "INSERT INTO remediation_ban SELECT (jsonb_populate_record(b, jsonb_build_object('id', 900000))).* "
            "FROM remediation_ban b"
        ),
        "exists 2 times",
    ),
    "a case that outlives its conclusion": (
        ORDER,
        "I13",
        "UPDATE inspection_conclusion SET state = 'revoked'",
        "is window_lapsed, but the conclusion is revoked",
    ),
    "a ban that outlives its conclusion": (
        ORDER,
        "I13",
        "UPDATE inspection_conclusion SET state = 'final_conforming'",
        "is active, but the conclusion is final_conforming",
    ),
    "a result told after it fell": (
        ORDER,
        "I13",
        (
            "UPDATE inspection_conclusion SET state = 'revoked';"
            "UPDATE inspection_resultnotice SET state = 'served', received_on = '2021-06-01'"
        ),
        "is served, but the conclusion is revoked",
    ),
    "two cases at once": (
        ORDER,
        "I13",
        (
            "INSERT INTO remediation_rectification SELECT (jsonb_populate_record(r, "
            """jsonb_build_object('id', 900000, 'label', 'P#2'))).* FROM remediation_rectification r"""
        ),
        "has 2 running cases",
    ),
    "a ban without an order": (
        ORDER,
        "I13",
        "UPDATE remediation_rectification SET was_received = false, order_received_on = NULL",
        "is active without an order that was received and stands",
    ),
    "a ban for good without a reason": (
        ORDER,
        "I13",
        "UPDATE remediation_ban SET state = 'permanent'",
        "is permanent without an order",
    ),
    "a sampler alone": (
        ORDER,
        "I14",
        """UPDATE planning_targetsampler SET state = 'drawn' WHERE "order" = 2""",
        "has 1 samplers",
    ),
    "a sampler passed over": (
        ORDER,
        "I14",
        """UPDATE planning_targetsampler SET state = 'added' WHERE "order" = 4""",
        "was passed over",
    ),
    "others than those drawn": (
        ORDER,
        "I14",
        (
            "UPDATE docket_entry SET facts = jsonb_set(facts, '{samplers}', '[\"张伟\", \"赵敏\"]') "
            "WHERE act = 'sampling.present_notice'"
        ),
        "others came than were drawn",
    ),
    "two duties in one person": (
        ORDER,
        "I15",
        SOMEBODY
        + A_POST.format("administrator", """'["manages"]'""")
        + A_POST.format("administrator", """'["audits"]'"""),
        "has the duties audit and system on 2021-01-01",
    ),
    "two duties in one post": (
        ORDER,
        "I15",
        SOMEBODY + A_POST.format("administrator", """'["operates", "registers"]'"""),
        "has the duties security and system on 2021-01-01",
    ),
    "a superuser": (ORDER, "I16", SOMEBODY + "UPDATE parties_user SET is_superuser = true", "is a superuser or staff"),
    "a group": (
        ORDER,
        "I16",
        SOMEBODY + "INSERT INTO auth_group (name) VALUES ('g');"
        "INSERT INTO parties_user_groups (user_id, group_id) SELECT u.id, g.id FROM parties_user u, auth_group g "
        "WHERE username = 'somebody'",
        "has groups or permissions of the framework",
    ),
    "an officer who manages": (
        ORDER,
        "I16",
        SOMEBODY + A_POST.format("officer", """'["manages"]'"""),
        "has the entitlement manages",
    ),
    "an administrator who signs": (
        ORDER,
        "I16",
        SOMEBODY + A_POST.format("administrator", """'["sign"]'"""),
        "has the entitlement sign",
    ),
    "a deputy of oneself": (
        ORDER,
        "I16",
        SOMEBODY + A_POST.format("officer", "'[]'") + A_POST.format("officer", "'[]'") + AWAY.format(3, 9),
        "has a deputy of another office or role",
    ),
    "a deputy who has left": (
        ORDER,
        "I16",
        SOMEBODY
        + A_POST.format("officer", "'[]'")
        + A_POST.format("officer", "'[]'")
        + AWAY.format(3, 9)
        + "UPDATE parties_post SET until = '2024-03-05'",
        "has a deputy who is away or has no post on those days",
    ),
    "away twice": (
        ORDER,
        "I16",
        SOMEBODY
        + A_POST.format("officer", "'[]'")
        + A_POST.format("officer", "'[]'")
        + AWAY.format(3, 9)
        + AWAY.format(9, 12),
        "overlaps another one of the post",
    ),
    "a right that no list gives": (
        ORDER,
        "I17",
        f"GRANT UPDATE (source) ON notices_templateversion TO {databases.application_role()}",
        "the role of the application may update",
    ),
    "a table that is in no list": (
        ORDER,
        "I17",
        "CREATE TABLE aside (id int)",
        "is in no list of what may be done with it",
    ),
    "a trigger that does nothing": (
        ORDER,
        "I17",
        "CREATE OR REPLACE FUNCTION kept_written_once() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "the function is missing or another one",
    ),
    "a post that was written over": (
        ORDER,
        "I18",
        SOMEBODY + A_POST.format("officer", "'[]'") + GRANTED + "UPDATE parties_post SET since = '2020-01-01'",
        "is not what the book says was granted",
    ),
    "a post that is gone": (
        ORDER,
        "I18",
        SOMEBODY + A_POST.format("officer", "'[]'") + GRANTED + "DELETE FROM parties_post WHERE since = '2021-01-01'",
        "was granted and is not there",
    ),
    "a post of which nobody knows": (
        ORDER,
        "I18",
        SOMEBODY + A_POST.format("officer", "'[]'") + "UPDATE parties_post SET granted_by_id = user_id",
        "was granted by somebody, and the book does not say so",
    ),
    "a sampler who tested": (
        ORDER,
        "I14",
        "UPDATE inspection_inspection SET inspector = '李娜'",
        "has sampled, too",
    ),
}
PLAYED_ALWAYS = {RETEST, ORDER, MOVED, REJECTED, "J70", "J76", "S73", "S76"}
"""Of the files that are played these say most of what the law knows; the long run plays them all."""


@pytest.mark.slow
@pytest.mark.parametrize("stem", [pytest.param(s, marks=[] if s in PLAYED_ALWAYS else pytest.mark.long) for s in STEMS])
def test_what_was_played_breaks_nothing(as_owner, stem):
    with as_owner(stem):
        assert broken_by("SELECT 1") == {}
        for dossier in Dossier.objects.order_by("pk"):
            Replay(dossier).run().compare()


@pytest.mark.slow
@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_an_invariant_is_seen(as_owner, name):
    stem, invariant, statements, complaint = BREAKS[name]
    with as_owner(stem):
        found = broken_by(statements)
    assert [what for what in found.get(invariant, ()) if complaint in what] != [], found


@pytest.mark.slow
def test_a_switched_off_trigger_and_rights_given_back_are_seen(as_owner):
    with as_owner(ORDER):
        found = broken_by(f"GRANT DELETE ON docket_entry TO {databases.application_role()}")
        rows = [row.what for row in checking.check(["I7"]) if row.subject == "the table of entries"]
    assert found == {"I17": {"the role of the application may delete"}}
    assert sorted(rows) == [
        "the role of the application may delete",
        "the trigger docket_entry_for_good is missing or switched off",
        "the trigger docket_entry_not_emptied is missing or switched off",
    ]


def test_every_promise_is_broken_by_a_test():
    assert {invariant for _, invariant, _, _ in BREAKS.values()} == set(checking.names())
    assert all(checking.promise(name).startswith(f"{name}: ") for name in checking.names())


def test_the_allowed_steps_are_those_of_the_flows():
    steps = {(row["act"], row["from_state"], row["to_state"]) for row in edges()}
    assert ("result_notice.lapse", "served", "window_closed") in steps
    assert ("rectification.late_submission", "window_lapsed", "window_lapsed") in steps
    assert ("conclusion.import_external", "", "final_nonconforming") in steps
    assert ("conclusion.maintain", "under_retest", "provisional_conforming") in steps


@pytest.mark.slow
def test_the_nightly_check_alarms_the_province_once_a_day(as_owner):
    with as_owner(ORDER):
        for _ in range(2):
            with connection.cursor() as cursor:
                cursor.execute("UPDATE docket_dossier SET entry_count = entry_count + 1")
            tasks.check_invariants()
        alarms = Message.objects.filter(kind=checking.ALARM)
        assert list(alarms.values_list("kind", "office__code")) == [("invariant_broken", "370000")]
        assert Beat.objects.get(name=checking.BEAT).detail["rows"]["I7"] == 5


@pytest.mark.slow
def test_the_nightly_check_reads_every_entry_again(as_owner):
    with as_owner(ORDER):
        tasks.verify_audit()
        assert not Message.objects.filter(kind=checking.ALARM).exists()
        with connection.cursor() as cursor:  # whoever owns the database may do it, and is found out
            cursor.execute("UPDATE docket_entry SET facts = '{}' WHERE act = 'result_notice.record_receipt'")
        tasks.verify_audit()
        assert Message.objects.filter(kind=checking.ALARM).count() == 1


@pytest.mark.django_db
def test_the_command_says_yes_in_an_empty_database(capsys, monkeypatch):
    monkeypatch.setattr(check_invariants, "NEEDS_DATABASE", False)
    assert main(["check-invariants", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "ok": True,
        "checked": ["I1", "I2", "I3", "I4", "I5", "I7", "I8", "I11", "I13", "I14", "I15", "I16", "I17", "I18"],
        "broken": [],
    }


@pytest.mark.slow
def test_the_command_says_no_with_the_rows(as_owner, capsys, monkeypatch):
    monkeypatch.setattr(check_invariants, "NEEDS_DATABASE", False)
    with as_owner(ORDER):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE remediation_rectification SET state = 'passed'")
        assert main(["check-invariants", "I3"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("✗ I3: only lawful steps")
    assert "rectification.P: is passed, but its entries lead to window_lapsed" in said


def test_an_unknown_invariant_is_wrong_use(capsys, monkeypatch):
    monkeypatch.setattr(check_invariants, "NEEDS_DATABASE", False)
    assert main(["check-invariants", "I99"]) == 2
    assert "no invariant I99" in capsys.readouterr().err
