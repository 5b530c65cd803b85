"""The commands of an operator: explain, calendar, rules, verify-audit; what they print and how they end."""

import argparse
import json
from datetime import date

import pytest

from spotcheck.cli.main import load
from spotcheck.docket import clock
from spotcheck.docket.models import AuditRoot, CalendarNotice, Deadline, Dossier, Message, RuleSetRecord
from spotcheck.docket.tasks import anchor_audit, watch_calendar
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


def test_a_notice_comes_in_by_two_persons(run, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8")
    code, told, _ = run("calendar", "import", file, "--by", "张伟")
    number = CalendarNotice.objects.get().pk
    assert code == 0
    assert f"spotcheck calendar confirm {number} --by" in told
    code, _, complaint = run("calendar", "confirm", number, "--by", "张伟")
    assert (code, "两人" in complaint) == (1, True)
    code, told, _ = run("calendar", "confirm", number, "--by", "李娜")
    assert (code, "2027年的放假通知已生效；0 项期限的日期有变化。" in told) == (0, True)
    with clock.simulated(date(2026, 11, 2)):
        _, told, _ = run("calendar", "status", "--json")
    state = json.loads(told)
    assert (state["provisional"], state["missing"]) == (2028, None)
    assert state["imported"][0]["confirmed_by"] == "李娜"


def test_a_confirmation_says_which_periods_moved(run, tmp_path, tell):
    story = tell(reported(date(2026, 4, 30)))
    story.do("rectification.receive_report", date(2026, 10, 12), party="P")
    story.do("rectification.issue_order", date(2026, 11, 2), party="P")
    story.do("rectification.record_order_receipt", date(2026, 11, 2), party="P")
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="utf-8")
    run("calendar", "import", file, "--by", "张伟")
    with clock.simulated(date(2026, 11, 6)):
        code, told, _ = run("calendar", "confirm", CalendarNotice.objects.get().pk, "--by", "李娜")
    assert code == 0
    assert told.splitlines()[0] == "D1:D44.P  2027-01-02 / 2027-01-04  ->  2027-01-04 / 2027-01-04"


@pytest.mark.parametrize("text", ["nothing", "date,kind,statutory,name\n2027-01-01,off,yes,元旦\n"])
def test_what_is_no_notice_is_refused(run, tmp_path, text):
    file = tmp_path / "2027.csv"
    file.write_text(text, encoding="utf-8")
    code, _, complaint = run("calendar", "import", file, "--by", "张伟")
    assert (code, complaint.startswith("spotcheck calendar: ")) == (1, True)


def test_a_file_that_is_not_there_is_wrong_use(run, tmp_path):
    assert run("calendar", "import", tmp_path / "none.csv", "--by", "张伟")[0] == 2


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


def test_the_rules_are_listed_with_what_governs_today(run):
    with clock.simulated(date(2026, 5, 4)):
        code, told, _ = run("rules", "list", "--json")
        assert (code, json.loads(told)["governing"]) == (0, None)
        assert "无有效规则" in run("rules", "list")[1]
        code, told, _ = run("rules", "continue", "SD-2021-1", *CONTINUING, "--by", "省局质监处", "--demonstration")
        assert (code, "示范，非正式文件" in told) == (0, True)
        state = json.loads(run("rules", "list", "--json")[1])
    assert (state["governing"], state["records"][0]["demonstration"]) == ("SD-2021-1", True)
    assert RuleSetRecord.objects.get().valid_until == date(2027, 5, 2)


def test_only_a_successor_that_ships_can_be_adopted(run):
    code, _, complaint = run("rules", "adopt", "SD-2021-1", *CONTINUING, "--by", "省局质监处")
    assert (code, "不是继任规则" in complaint) == (1, True)
    assert run("rules", "adopt", "SD-2031-1", *CONTINUING, "--by", "省局质监处")[0] == 1
    assert not RuleSetRecord.objects.exists()


def test_an_impossible_date_is_wrong_use(run):
    with pytest.raises(SystemExit) as exit_:
        run("rules", "continue", "SD-2021-1", *CONTINUING[:3], "2026-02-30", *CONTINUING[4:], "--by", "省局")
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
