"""The ``spotcheck`` command: finds its subcommands, exits 0, 1 or 2, and starts at once."""

import os
import subprocess
import sys
import types
from contextlib import contextmanager

import pytest

from spotcheck.cli import main as dispatch
from spotcheck.parties.models import Region
from spotcheck.wiring.machine.problems import Problem


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch):
    """Give the command one subcommand more, made of a function."""

    def add(run, **attributes):
        module = types.SimpleNamespace(
            HELP="a pretence", NEEDS_DATABASE=False, add_arguments=lambda parser: None, run=run
        )
        vars(module).update(attributes)
        names = [*dispatch.command_names(), "pretend"]
        real = dispatch.load
        monkeypatch.setattr(dispatch, "command_names", lambda: names)
        monkeypatch.setattr(dispatch, "load", lambda name: module if name == "pretend" else real(name))

    return add


def test_every_subcommand_says_what_it_is_for_and_what_it_takes(capsys):
    assert dispatch.main(["--help"]) == 0
    overview = capsys.readouterr().out
    for name in dispatch.command_names():
        command = dispatch.load(name)
        assert f"  {name}" in overview
        assert command.HELP in overview
        assert isinstance(command.NEEDS_DATABASE, bool)
        assert dispatch.main([name, "--help"]) == 0
        assert f"spotcheck {name}" in capsys.readouterr().out


def test_without_a_command_it_shows_the_commands_and_that_this_is_wrong(capsys):
    assert dispatch.main([]) == 2
    assert "setup" in capsys.readouterr().err


def test_a_mistyped_command_gets_a_hint(capsys):
    assert dispatch.main(["setpu"]) == 2
    assert "Did you mean setup?" in capsys.readouterr().err


def test_an_unknown_option_is_wrong_use(capsys):
    assert dispatch.main(["setup", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_exit_code_is_that_of_the_subcommand(pretend, code):
    pretend(lambda options: code)
    assert dispatch.main(["pretend"]) == code


def test_a_problem_is_said_without_a_traceback(pretend, capsys):
    def run(options):
        raise Problem("turn it round")

    pretend(run)
    assert dispatch.main(["pretend"]) == 2
    assert capsys.readouterr().err == "spotcheck pretend: turn it round\n"


@pytest.mark.django_db
def test_a_subcommand_that_needs_the_database_has_one(pretend):
    pretend(lambda options: int(not Region.objects.exists()), NEEDS_DATABASE=True)
    assert dispatch.main(["pretend"]) == 0


@pytest.mark.parametrize("given", [["--data", "D", "list"], ["list", "--data", "D"], ["list", "--data=D"], ["list"]])
def test_the_data_folder_may_be_named_before_and_after_a_subcommand_of_the_subcommand(pretend, monkeypatch, given):
    def add_arguments(parser):
        parser.add_subparsers(dest="command", required=True).add_parser("list")

    seen = []

    @contextmanager
    def database(data):
        seen.append(data)
        yield

    monkeypatch.setattr(dispatch, "_database", database)
    pretend(lambda options: int(options.command != "list"), NEEDS_DATABASE=True, add_arguments=add_arguments)
    assert dispatch.main(["pretend", *given]) == 0
    assert seen == ["D" if len(given) > 1 else None]


@pytest.mark.parametrize("name", ["due", "rules", "calendar", "explain", "demo"])
def test_a_language_that_nobody_speaks_here_is_wrong_use(name, capsys):
    before = {"rules": ["list"], "calendar": ["status"], "due": ["D35", "2026-04-20"]}.get(name, [])
    assert dispatch.main([name, *before, "--lang", "xx"]) == 2
    assert "invalid choice: 'xx'" in capsys.readouterr().err


def test_finding_a_subcommand_loads_neither_django_nor_psycopg():
    program = (
        "import sys; from spotcheck.cli.main import main; main(['--help']); main(['setup', '-h']);"
        "sys.exit(bool({'django', 'celery', 'psycopg', 'redis'} & set(sys.modules)))"
    )
    start = os.times().children_user
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert os.times().children_user - start < 2  # 0.1 s of processor
