"""Wrong use: a port that is none, a folder that cannot be had, an address that is none. Said in one line, exit code 2."""

import json
from pathlib import Path

import pytest

from spotcheck.cli import main as dispatch
from spotcheck.wiring.machine.devservices import urls_given
from spotcheck.wiring.machine.places import provide
from spotcheck.wiring.machine.problems import Problem
from spotcheck.wiring.operating.backup import back_up

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
            back_up(folder)
    with pytest.raises(Problem, match="is not empty"):
        back_up(tmp_path)
