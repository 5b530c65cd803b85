"""The commands of an operator: explain, calendar, rules, verify-audit; what they print and how they end."""

import argparse
import csv
import json
from datetime import date
from hashlib import sha256

import pytest
from openpyxl import load_workbook

from spotcheck.cli import account
from spotcheck.cli.main import load
from spotcheck.docket import book, clock
from spotcheck.docket.models import AuditRoot, CalendarNotice, Deadline, Dossier, Message, Record, RuleSetRecord
from spotcheck.docket.rule_sets import Document
from spotcheck.docket.tasks import anchor_audit, watch_calendar
from spotcheck.parties.models import Office, Post, User
from spotcheck.registers import proposals, site_rules
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.wiring.machine.problems import Problem
from tests.docket.test_calendar_notices import NOTICE
from tests.story import Story, reported
from tests.worlds import played

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run a command as the command line would, without starting servers; return exit code, output and complaints."""

    def call(name, *arguments):
        command = load(name)
        parser = argparse.ArgumentParser(prog=f"spotcheck {name}")
        command.add_arguments(parser)
        code = command.run(parser.parse_args([str(argument) for argument in arguments]))
        return code, *capsys.readouterr()

    return call


@played
def served():
    story = Story(reported(date(2025, 9, 15)))
    story.do("result_notice.send", date(2025, 9, 15), party="P")
    story.do("result_notice.record_receipt", date(2025, 9, 17), party="P", with_={"proof": True})
    return story


def test_the_book_is_taken_along_for_an_audit_and_that_is_a_line_too(run, served, tmp_path):
    """As CSV and as a sheet: masked, by filter, with the hash of each line; the file is its owner's alone."""
    somebody = User.objects.create(username="chen", full_name="陈立")
    for kind in ("people.change", "sign_in.in"):
        book.write(kind, by=None, user=somebody, subject=somebody, after={"mobile": "13900000000"}, reason="=1+1")
    file = tmp_path / "book.csv"
    code, told, _ = run("book", "export", file, "--family", "people", "--person", "CHEN")
    assert (code, "1 lines" in told, file.stat().st_mode & 0o777) == (0, True, 0o600)
    heads, line = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    said = dict(zip(heads, line, strict=True))
    kept = Record.objects.get(kind="people.change")
    assert (said["种类"], said["登录名"], said["摘要"]) == ("people.change", "chen", kept.hash)
    assert (said["理由"], "13900000000" in said["现"]) == ("'=1+1", False)
    taken = Record.objects.get(kind="export.book")
    assert taken.after["filter"] == {"family": "people", "person": "CHEN"}
    assert (taken.after["rows"], taken.after["sha256"]) == (1, sha256(file.read_bytes()).hexdigest())
    assert taken.address == account()
    sheet = tmp_path / "book.xlsx"
    assert run("book", "export", sheet, "--in-full", "--purpose", "年度审计")[0] == 0
    cells = [cell.value for row in load_workbook(sheet).active.iter_rows() for cell in row]
    assert {"people.change", "sign_in.in", "export.book"} <= set(cells)
    assert any("13900000000" in str(cell) for cell in cells)


@pytest.mark.parametrize(
    "wrong",
    [
        ("book.pdf",),
        ("book.csv", "--in-full"),
        ("book.csv", "--person", "nobody"),
        ("book.csv", "--dossier", "X"),
        ("book.csv", "--family", "x"),
        ("book.csv", "--since", "2025-01-01"),
    ],
)
def test_what_is_asked_wrongly_of_the_book_is_said_and_nothing_is_written(run, served, tmp_path, monkeypatch, wrong):
    monkeypatch.setattr("spotcheck.docket.exports.MOST_WITHOUT_PURPOSE", -1)
    with pytest.raises(Problem):
        run("book", "export", tmp_path / wrong[0], *wrong[1:])
    assert list(tmp_path.iterdir()) == []
    assert not Record.objects.filter(kind="export.book").exists()


def test_explain_tells_a_person_everything_behind_a_date(run, served):
    code, told, _ = run("explain", "D1:D35.P")
    assert code == 0
    for part in (
        "D1  D35.P  提出书面异议",
        "企业P",
        "最后一日      2025-10-09",
        "SD-2021-1",
        "CN-2019..2026",
        "收到《检验结果通知书》",
        "检验结果通知书已送达",
        "送达凭证: 见卷内书面材料",
        "2025-10-09    顺延至此日期满",
        "https://www.gov.cn/",
        "第三十五条",
        "第五十九条",
        "R2",
        "逾期异议不予核查",
    ):
        assert part in told, part


def test_explain_speaks_english_too(run, served):
    code, told, _ = run("explain", "D1:D35.P", "--lang", "en")
    assert code == 0
    assert "written objection" in told
    assert "Article 35, Article 59" in told


def test_explain_prints_one_object(run, served):
    code, told, _ = run("explain", str(Deadline.objects.get(rule="D35").pk), "--json")
    data = json.loads(told)
    assert (code, data["name"], data["due_on"], data["agrees"]) == (0, "D35.P", "2025-10-09", True)


def test_explain_says_what_it_does_not_find(run):
    code, told, complaint = run("explain", "D1:D35.P")
    assert (code, told) == (2, "")
    assert "D1:D35.P" in complaint


def test_the_calendar_says_what_it_rests_on_and_what_is_missing(run):
    with clock.simulated(date(2026, 11, 2)):
        code, told, _ = run("calendar", "status", "--json")
        _, plain, _ = run("calendar", "status")
    state = json.loads(told)
    assert code == 0
    assert (state["provisional"], state["missing"], state["imported"]) == (2027, 2027, [])
    assert state["announced"]["2025"].startswith("https://www.gov.cn/")
    assert "2027  放假通知尚未导入" in plain


@pytest.fixture
def signed_in():
    """Somebody who keeps the master data of the province."""
    user = User.objects.create_user("jia", password=None, full_name="张伟")
    held = {"role": "administrator", "entitlements": ["registers"], "since": date(2025, 1, 1)}
    post = Post.objects.create(user=user, office=Office.objects.get(code="370000"), **held)
    return Doer(post=post, address="10.0.0.1")


def test_a_command_is_one_person_of_two(run, tmp_path, signed_in):
    """Two commands of whatever accounts are one; what it proposes somebody confirms who is signed in."""
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8")
    code, told, _ = run("calendar", "import", file)
    proposal = Proposal.objects.get()
    assert (code, f"编号 {proposal.pk}" in told, "0 项期限" in told) == (0, True, True)
    code, _, complaint = run("calendar", "confirm", proposal.pk)
    assert (code, "提请人不能确认自己的提请" in complaint) == (1, True)
    assert not CalendarNotice.objects.exists()
    state = json.loads(run("calendar", "status", "--json")[1])
    assert [line["proposed_by"] for line in state["waiting"]] == [account()]
    assert "待确认" in run("calendar", "status")[1]
    proposals.confirm(proposal, by=signed_in)
    with clock.simulated(date(2026, 11, 2)):
        state = json.loads(run("calendar", "status", "--json")[1])
    assert (state["provisional"], state["missing"], state["waiting"]) == (2028, None, [])
    assert [(row["proposed_by"], row["confirmed_by"]) for row in state["imported"]] == [(account(), "张伟 (jia)")]
    assert run("calendar", "import", file)[0] == 1  # it is in force


def test_a_confirmation_says_which_periods_moved(run, tell, signed_in):
    story = tell(reported(date(2026, 4, 30)))
    story.do("rectification.receive_report", date(2026, 10, 12), party="P")
    story.do("rectification.issue_order", date(2026, 11, 2), party="P")
    story.do("rectification.record_order_receipt", date(2026, 11, 2), party="P")
    with clock.simulated(date(2026, 11, 6)):
        proposal = site_rules.propose_notice(NOTICE, by=signed_in)
        (moving,) = site_rules.follows(proposal).shown
        assert (moving.rows, moving.example) == (1, "D44.P")
        assert (moving.due_on, moving.latest) == (
            (date(2027, 1, 2), date(2027, 1, 4)),
            (date(2027, 1, 4), date(2027, 1, 4)),
        )
        code, told, _ = run("calendar", "confirm", proposal.pk)
    assert code == 0
    assert told.splitlines()[0] == "D1:D44.P  2027-01-02 / 2027-01-04  ->  2027-01-04 / 2027-01-04"
    assert run("calendar", "confirm", proposal.pk)[0] == 1
    with pytest.raises(Problem, match="no such proposal"):
        run("calendar", "confirm", proposal.pk + 1)


@pytest.mark.parametrize("text", ["nothing", "date,kind,statutory,name\n2027-01-01,off,yes,元旦\n"])
def test_what_is_no_notice_is_refused(run, tmp_path, text):
    file = tmp_path / "2027.csv"
    file.write_text(text, encoding="utf-8")
    code, _, complaint = run("calendar", "import", file)
    assert (code, complaint.startswith("spotcheck calendar: ")) == (1, True)


def test_a_file_that_is_not_there_is_wrong_use(run, tmp_path):
    assert run("calendar", "import", tmp_path / "none.csv")[0] == 2


CONTINUING = (
    "--document",
    "鲁市监质监字〔2026〕9号",
    "--issued",
    "2026-04-30",
    "--from",
    "2026-05-03",
    "--until",
    "2027-05-02",
)


def test_the_rules_are_listed_with_what_governs_today(run, signed_in):
    with clock.simulated(date(2026, 5, 4)):
        code, told, _ = run("rules", "list", "--json")
        assert (code, json.loads(told)["governing"]) == (0, None)
        assert "无有效规则" in run("rules", "list")[1]
        code, told, _ = run("rules", "continue", "SD-2021-1", *CONTINUING, "--demonstration")
        assert (code, "待确认" in told) == (0, True)
        assert run("rules", "confirm", Proposal.objects.get().pk)[0] == 1  # the same person, as far as anybody knows
        assert json.loads(run("rules", "list", "--json")[1])["governing"] is None
        proposals.confirm(Proposal.objects.get(), by=signed_in)
        assert "示范，非正式文件" in run("rules", "list")[1]
        state = json.loads(run("rules", "list", "--json")[1])
    assert (state["governing"], state["records"][0]["demonstration"]) == ("SD-2021-1", True)
    record = RuleSetRecord.objects.get()
    assert (record.valid_until, record.recorded_by) == (date(2027, 5, 2), f"{account()[:28]}、张伟 (jia)")


def test_a_command_confirms_what_somebody_on_the_site_proposed(run, signed_in):
    document = Document(
        number="鲁市监质监字〔2026〕9号",
        issued_on=date(2026, 4, 30),
        valid_from=date(2026, 5, 3),
        valid_until=date(2027, 5, 2),
    )
    with clock.simulated(date(2026, 5, 4)):
        proposal = site_rules.propose_document("continue", "SD-2021-1", document, by=signed_in)
        code, told, _ = run("rules", "confirm", proposal.pk)
    assert (code, "鲁市监质监字〔2026〕9号" in told) == (0, True)
    assert Record.objects.get(kind="settings.confirm").address == account()


def test_only_a_successor_that_ships_can_be_adopted(run):
    code, _, complaint = run("rules", "adopt", "SD-2021-1", *CONTINUING)
    assert (code, "不是继任规则" in complaint) == (1, True)
    assert run("rules", "adopt", "SD-2031-1", *CONTINUING)[0] == 1
    assert not RuleSetRecord.objects.exists()


def test_an_impossible_date_is_wrong_use(run):
    with pytest.raises(SystemExit) as exit_:
        run("rules", "continue", "SD-2021-1", *CONTINUING[:3], "2026-02-30", *CONTINUING[4:])
    assert exit_.value.code == 2


def test_the_audit_holds(run, served):
    code, told, _ = run("verify-audit")
    assert (code, "everything holds" in told) == (0, True)
    assert json.loads(run("verify-audit", "--json")[1])["ok"] is True


def test_the_audit_names_the_places_that_do_not_hold(run, served):
    Dossier.objects.filter(number="D1").update(head_hash="0" * 64)
    code, told, _ = run("verify-audit")
    assert (code, "D1 / " in told, "the end of the chain is missing" in told) == (1, True, True)
    state = json.loads(run("verify-audit", "--json")[1])
    assert (state["ok"], [place["dossier"] for place in state["breaks"]]) == (False, ["D1"])


@pytest.fixture
def kept_elsewhere(run, served, tmp_path):
    """A file of the roots as they were yesterday."""
    file = tmp_path / "roots"
    with clock.simulated(date(2026, 11, 3)):
        assert run("roots", str(file))[0] == 0
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def test_roots_that_were_kept_elsewhere_are_those_there_are(run, kept_elsewhere):
    assert len(kept_elsewhere.read_text().splitlines()) == AuditRoot.objects.count() > 0
    assert run("verify-audit", "--roots", str(kept_elsewhere))[0] == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace('"seal":"', '"seal":"0'), "differs from the one that was kept elsewhere"),
        (lambda text: text.replace('"day":"2', '"day":"3'), "is missing here"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))) + text, "stands in another order"),
    ],
)
def test_a_root_that_was_written_anew_is_found_by_whoever_kept_it(run, kept_elsewhere, change, told):
    kept_elsewhere.write_text(change(kept_elsewhere.read_text()))
    code, said, _ = run("verify-audit", "--roots", str(kept_elsewhere))
    assert code == 1
    assert told in said


@pytest.mark.parametrize("text", ["no root", '{"day": "2026-11-02"}', ""])
def test_a_file_that_holds_no_roots_is_wrong_use(run, tmp_path, text):
    (tmp_path / "roots").write_text(text)
    code, _, complaint = run("verify-audit", "--roots", str(tmp_path / "roots"))
    assert code == 2
    assert "roots" in complaint


def test_the_daily_tasks_run_twice_without_harm(served):
    with clock.simulated(date(2026, 11, 3)):
        for task in (watch_calendar, anchor_audit):
            task()
            task()
    assert Message.objects.filter(kind="calendar_missing").count() == 1
    assert AuditRoot.objects.count() == 2
