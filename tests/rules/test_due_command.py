"""``spotcheck due``: one date, a batch of dates, and what it says when it cannot answer."""

import argparse
import io
import json
import subprocess
import sys

import pytest

from spotcheck.cli import due
from spotcheck.cli.main import main
from spotcheck.rules.calendar import announced, with_provisional


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="spotcheck due")
    due.add_arguments(parser)
    return due.run(parser.parse_args(arguments))


def test_one_date_as_json(capsys):
    assert run("D35", "2021-06-05", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == [
        "rule",
        "start",
        "due_on",
        "latest",
        "readings",
        "provisional",
        "rule_set",
        "calendar",
        "trace",
    ]
    trace = printed.pop("trace")
    assert printed == {
        "rule": "D35",
        "start": "2021-06-05",
        "due_on": "2021-06-20",
        "latest": "2021-06-21",
        "readings": {
            "holiday_block": "2021-06-20",
            "rest_day": "2021-06-21",
            "statutory_only": "2021-06-20",
        },
        "provisional": False,
        "rule_set": "SD-2021-1",
        "calendar": with_provisional(announced()).edition,
    }
    assert list(trace) == ["holiday_block", "rest_day", "statutory_only"]
    assert len(trace["rest_day"]) == 17
    assert trace["rest_day"][0] == {
        "day": "2021-06-05",
        "step": "start",
        "n": 0,
        "reason": "起算事件当日，不计入（星期六）",
        "notice": None,
    }
    assert (trace["rest_day"][-1]["step"], trace["rest_day"][-1]["n"]) == ("roll", 15)
    assert "5564127" in trace["rest_day"][8]["notice"]


def test_a_reading_without_a_date_is_null_and_has_no_trace(capsys):
    assert run("D35", "2020-06-10", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["readings"]["statutory_only"] is None
    assert list(printed["trace"]) == ["holiday_block", "rest_day"]


def test_reasons_in_english(capsys):
    assert run("lodge-objection", "2021-06-05", "--json", "--lang", "en") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["rule"] == "D35"
    assert printed["trace"]["rest_day"][-1]["reason"] == "the period ends on this day instead (Monday)"


def test_a_person_reads_which_rule_why_and_until_when(capsys):
    assert run("D35", "2021-06-05") == 0
    out = capsys.readouterr().out
    assert out.startswith("D35  提出书面异议  第三十五条\n")
    for words in (
        "收到《检验结果通知书》",
        "15 日",
        "2021-06-20  第15日",
        "2021-06-21  顺延至此日期满",
        "由办案人员说明理由后决定",
    ):
        assert words in out


def test_a_person_reads_a_working_day_period_day_by_day(capsys):
    assert run("D43", "2021-09-27", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "Article 43" in out
    assert out.count("rest day, not counted") == 7
    assert "2021-10-09  working day 5, the last day (Saturday, working day in exchange for" in out
    assert "under every reading" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("D51", "2026-11-10"), "暂定"),
        (("D40", "2024-07-03"), "这是机关的职责"),
        (("D35", "2026-06-01"), "起算日不在规则有效期内"),
        (("D35", "2020-06-10"), "该年未标注"),
        (("D07", "2022-01-15"), "规定的日期（星期六），向后顺延"),
        (("D51C", "2024-05-05"), "此期间不顺延"),
        (("D19", "2021-08-31"), "止于月末"),
    ],
)
def test_a_person_is_told_what_is_special(capsys, arguments, words):
    assert run(*arguments) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("D99", "2021-01-01"), "没有期间“D99”"),
        (("D35", "2021-02-30"), "不是日期"),
        (("D35", "20210601"), "不是日期"),
        (("D35", "2027-12-31"), "2028年"),
        (("D35", "2018-12-31"), "2018年"),
        (("D35", "9999-12-31"), "9999年"),
        (("D16", "9999-01-01"), "9999年"),
        (("D19", "2028-01-01"), "2028年"),
        (("D60", "2030-01-01"), "2030年"),
        (("D51C", "2028-01-01"), "2028年"),
        (("D35",), "需要 RULE 和 DATE"),
        ((), "需要 RULE 和 DATE"),
        (("D35", "2021-06-01", "--batch", "-"), "不能"),
        (("--batch", "/nowhere/at/all"), "无法读取"),
    ],
)
def test_what_cannot_be_answered_is_said_and_exits_2(capsys, arguments, words):
    assert run(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err


def test_a_batch_is_answered_line_by_line(tmp_path, capsys):
    file = tmp_path / "dates.txt"
    file.write_bytes(
        b"\xef\xbb\xbfD35,2021-06-05\nD43 2021-09-27\r\nD99,2021-01-01\n\nD35\n"
        b"D35,2021-06-05,x\nD19 , 2021-08-31\n\xff\xfe\n"
    )
    assert run("--batch", str(file)) == 2
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("due_on", answer.get("line")) for answer in answers] == [
        "2021-06-20",
        "2021-10-09",
        3,
        5,
        6,
        "2022-02-28",
        8,
    ]
    assert "D99" in answers[2]["error"]
    assert list(answers[2]) == ["line", "error"]


def test_a_good_batch_from_standard_input_exits_0(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"D35,2021-06-05\nD60 2026-05-02\n")))
    assert run("--batch", "-") == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["latest"] for answer in answers] == ["2021-06-21", "2026-05-02"]


def test_the_dispatcher_finds_it(capsys):
    assert main(["due", "D35", "2021-06-05", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["latest"] == "2021-06-21"
    assert main(["due", "D99", "2021-06-05"]) == 2


def test_the_command_does_not_load_django():
    heavy = "{'django', 'celery', 'holidays'}"
    program = f"import sys, spotcheck.cli.due; print({heavy} & set(sys.modules))"
    told = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert told == "set()\n"
    assert due.NEEDS_DATABASE is False
