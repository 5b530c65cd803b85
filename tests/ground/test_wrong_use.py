"""Wrong use: a port that is none, a folder that cannot be had, an address that is none. Said in one line, exit code 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from spotcheck.cli import main as dispatch
from spotcheck.wiring.machine.devservices import urls_given
from spotcheck.wiring.machine.places import provide
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating.backups.making import back_up
from spotcheck.wiring.site import given


@pytest.mark.parametrize("day", ["2026-W17-1", "20260420", "2024-02-30", "２０２６-０４-２０", "2026-4-2", ""])
@pytest.mark.parametrize(
    "command",
    [
        ["people", "list", "--day"],
        ["people", "review", "--day"],
        ["people", "end-post", "1", "--reason=x", "--last-day"],
        ["book", "export", "x.csv", "--since"],
        ["book", "export", "x.csv", "--until"],
        ["rules", "adopt", "SD-2021-1", "--document=x", "--from=2026-01-01", "--until=2026-12-31", "--issued"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_only_year_month_day_is_a_day_of_a_command(capsys, command, day):
    *before, option = command
    assert dispatch.main([*before, f"{option}={day}"]) == 2
    assert day in capsys.readouterr().err


@pytest.mark.parametrize("hour", ["24:00", "1800", "18", "18:00:00", "18:00+08:00", "１８:００", "8:00", ""])
@pytest.mark.parametrize("option", ["--from", "--until"])
def test_only_an_hour_and_its_minute_are_an_hour_of_a_command(capsys, option, hour):
    given = {"--from": "17:00", "--until": "18:00"} | {option: hour}
    assert dispatch.main(["maintenance", "on", *(f"{name}={value}" for name, value in given.items()), "升级"]) == 2
    assert "is no hour" in capsys.readouterr().err


DATABASE = "postgresql://somebody@127.0.0.1:5432/spotcheck"
BROKER = "redis://127.0.0.1:6379/0"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "８０００"])
def test_a_port_is_a_number_that_can_be_listened_on(capsys, port):
    assert dispatch.main(["serve", f"--port={port}"]) == 2
    assert "is no port" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_said(tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below"):
        with pytest.raises(Problem, match="Choose another with --data"):
            provide(folder)


def test_a_data_folder_where_none_can_be_made_is_said():
    with pytest.raises(Problem, match="/proc/nowhere cannot be made"):
        provide(Path("/proc/nowhere"))


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite:///spotcheck.db"),
        ("DATABASE_OWNER_URL", "host=127.0.0.1"),
        ("REDIS_URL", "127.0.0.1:6379"),
    ],
)
def test_an_address_that_is_none_is_said_before_anybody_connects(monkeypatch, name, url):
    given = {"DATABASE_URL": DATABASE, "DATABASE_OWNER_URL": DATABASE, "REDIS_URL": BROKER} | {name: url}
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(Problem, match=name):
        urls_given()


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (given.flag, ["true", "yes", "2", "１"]),
        (given.number, ["two", "-1", "1.5", "²", "９０", "99999"]),
        (given.networks, ["10.2.0.0/99", "the office", "10.2.0.0/16;10.3.0.0/16"]),
    ],
)
def test_a_setting_that_is_none_is_said_by_its_name(monkeypatch, read, wrong):
    for value in wrong:
        monkeypatch.setenv("SPOTCHECK_SOMETHING", value)
        with pytest.raises(ImproperlyConfigured, match="SPOTCHECK_SOMETHING"):
            read("SPOTCHECK_SOMETHING")


def test_blanks_around_a_setting_are_nothing(monkeypatch):
    for value, read, said in (
        (" 1 ", given.flag, True),
        ("", given.flag, False),
        (" 90 ", given.number, 90),
        ("", given.number, 0),
        ("a.example.cn, b.example.cn ,", given.several, ["a.example.cn", "b.example.cn"]),
        ("10.2.0.0/16, 10.3.7.1", given.networks, ["10.2.0.0/16", "10.3.7.1"]),
    ):
        monkeypatch.setenv("SPOTCHECK_SOMETHING", value)
        assert read("SPOTCHECK_SOMETHING") == said, value


@pytest.mark.parametrize(
    ("name", "value"),
    [("SPOTCHECK_PROXIES", "two"), ("SPOTCHECK_INSIDE", "10.2.0.0/99"), ("SPOTCHECK_FILES", "media")],
)
def test_a_command_says_it_in_one_line(name, value):
    known = os.environ | {"DATABASE_URL": DATABASE, "DATABASE_OWNER_URL": DATABASE, "REDIS_URL": BROKER, name: value}
    command = [sys.executable, "-m", "spotcheck.cli.main", "calendar", "status"]
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert name in done.stderr


SAMPLE = Path(__file__).parents[2] / "forms_templates" / "samples" / "02.json"


@pytest.mark.parametrize("which", ["²", "99", "nonsense", "-1", ""])
def test_a_form_that_there_is_not_is_said(capsys, tmp_path, which):
    assert dispatch.main(["forms", "render", which, "--data", str(SAMPLE), "--out", str(tmp_path / "o.pdf")]) == 2
    assert "there is no form or letter" in capsys.readouterr().err


@pytest.mark.parametrize(
    "odd", ["李\u200b四", "⽂文", "李\ufeff四", "李\u00a0四", "\u202e四李", "李\x07四", "李\ue000"]
)
def test_a_paper_is_not_drawn_with_what_looks_like_another_name(capsys, tmp_path, odd):
    """The character is named; nothing is written."""
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["mandate"]["contact"] = odd
    given, out = tmp_path / "given.json", tmp_path / "o.pdf"
    given.write_text(json.dumps(data), encoding="utf-8")
    assert dispatch.main(["forms", "render", "2", "--data", str(given), "--out", str(out)]) == 2
    assert "mandate.contact: “" in capsys.readouterr().err
    assert not out.exists()


def test_a_paper_is_drawn_into_a_folder_that_there_is(capsys, tmp_path):
    assert dispatch.main(["forms", "render", "２", "--data", str(SAMPLE), "--out", str(tmp_path / "甲 乙.pdf")]) == 0
    for out in (tmp_path, tmp_path / "none" / "o.pdf", Path("/proc/o.pdf")):
        assert dispatch.main(["forms", "render", "2", "--data", str(SAMPLE), "--out", str(out)]) == 2
        assert f"{out} cannot be written: " in capsys.readouterr().err


def test_a_backup_goes_into_a_folder(tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below", Path("/proc/nowhere")):
        with pytest.raises(Problem, match="cannot be a folder for a backup"):
            back_up(folder, account="root@here")
    with pytest.raises(Problem, match="is not empty"):
        back_up(tmp_path, account="root@here")
