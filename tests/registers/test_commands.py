"""``spotcheck people``: what it does, prints and writes down, under the account of the machine."""

import argparse
import json
from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from spotcheck.cli import people as command
from spotcheck.docket.models import Record
from spotcheck.parties.models import Post
from spotcheck.registers import links, proposals
from spotcheck.registers import people as people_module
from spotcheck.registers.models import Proposal
from spotcheck.wiring.machine.problems import Problem

FIRST = ("first-admin", "--name", "甲", "--username", "jia", "--second", "乙", "--second-username", "yi")


@pytest.fixture
def run(capsys):
    """Run it as the command line would, without starting servers; return exit code, output and complaints."""

    def call(*arguments):
        parser = argparse.ArgumentParser(prog="spotcheck people")
        command.add_arguments(parser)
        code = command.run(parser.parse_args([str(argument) for argument in arguments]))
        return code, *capsys.readouterr()

    return call


def test_the_first_administrators_get_their_links_on_the_terminal(db, run):
    code, told, _ = run(*FIRST, "--mail", "jia@example.org")
    assert code == 0
    addresses = [line.split()[-1] for line in told.splitlines()[:2]]
    owners = [links.look(address.rstrip("/").rpartition("/")[2]) for address in addresses]
    assert [user.username for user in owners] == ["jia", "yi"]
    assert all("/account/link/" in address for address in addresses)
    assert set(Record.objects.values_list("kind", "address")) == {("people.first_admin", command.account())}
    owners[0].set_password("abundant-larch-47")
    owners[0].save()
    code, told, complaint = run(*FIRST, "--lang", "en")
    assert (code, told) == (1, "")
    assert "there is an administrator with a password" in complaint


def test_people_are_listed_with_what_they_may_do(people, run):
    code, told, _ = run("list", "--office", "370100")
    assert code == 0
    names = {line.split()[2] for line in told.splitlines()}
    assert names == {"ji", "jin", "li", "li.audit", "li.data", "hai", "wang", "zhao", "sun"}
    listed = json.loads(run("list", "--json", "--day", "2024-12-31")[1])
    assert listed == {"day": "2024-12-31", "posts": []}
    lines = Record.objects.order_by("pk")
    assert [(line.kind, line.after["rows"], line.address) for line in lines] == [
        ("export.rights", 9, command.account()),
        ("export.rights", 0, command.account()),
    ]
    with pytest.raises(Problem, match="no office 999"):
        run("list", "--office", "999")


def test_rights_to_look_through_and_unused_accounts(people, run):
    told = json.loads(run("review", "--json", "--day", "2026-01-05")[1])
    assert {row["username"] for row in told["posts"]} == set(people.posts)
    assert set(told["unused"]) == set()
    people.user("wang").__class__.objects.filter(username="wang").update(last_login="2024-08-01 00:00+00")
    assert "长期未使用：wang" in run("review")[1]


def test_an_account_is_locked_and_opened(people, run):
    assert run("lock", "WANG", "--reason", "可疑登录")[0] == 0
    assert not people.user("wang").is_active
    assert run("unlock", "wang", "--reason", "已核实")[0] == 0
    assert people.user("wang").is_active
    assert run("lock", "li", "--reason", "可疑登录")[0] == 0
    assert "至 2025-03-10 由另一位管理员确认" in run("unlock", "li", "--reason", "已核实")[1]
    assert not people.user("li").is_active
    assert set(Record.objects.values_list("address", flat=True)) == {command.account()}


def test_a_link_is_printed_once(people, run):
    code, told, _ = run("link", "wang")
    secret = told.splitlines()[0].rstrip("/").rpartition("/")[2]
    assert (code, links.look(secret).username) == (0, "wang")


def test_a_post_is_ended_by_its_number(people, run):
    post = people.posts["wang"]
    code, told, _ = run("end-post", post.pk, "--reason", "调离", "--last-day", "2025-04-30")
    assert (code, "2025-04-30" in told, Post.objects.get(pk=post.pk).until) == (0, True, date(2025, 4, 30))
    zhao = people.posts["zhao"].pk
    assert run("end-post", zhao, "--reason", "调离", "--lang", "en")[1] == f"Post {zhao} ends with 2025-03-02.\n"
    with pytest.raises(Problem, match="no post 0"):
        run("end-post", 0, "--reason", "x")


@pytest.mark.parametrize("arguments", [("list", "--day", "2025-02-30"), ("link",), ("end-post", "x", "--reason", "y")])
def test_wrong_use_is_said(run, arguments):
    with pytest.raises(SystemExit) as exit_:
        run(*arguments)
    assert exit_.value.code == 2


def test_nobody_of_that_name(people, run):
    code, _, complaint = run("lock", "nobody", "--reason", "x")
    assert code == 1
    assert complaint.startswith("spotcheck people: 没有办理")


def test_a_staff_number_is_given_by_command_once(people, run):
    assert run("number", "wang", "370100", "888", "--lang", "en") == (0, "Number 888 is given.\n", "")
    code, _told, complaint = run("number", "zhao", "370100", "888", "--lang", "en")
    assert (code, "was given in that office before" in complaint) == (1, True)


def test_a_lost_factor_is_taken_away_by_a_command_and_an_administrator(people, run):
    """A command is one person of two, needs a reason, and stands in the book."""
    wang = people.user("wang")
    assert "没有设置第二重验证" in run("reset-factor", "wang", "--reason", "手机丢失")[2]
    Authenticator.objects.create(user=wang, type="totp", data={})
    assert run("reset-factor", "wang", "--reason", " ")[0] == 1
    assert "至 2025-03-10 由另一位管理员确认" in run("reset-factor", "WANG", "--reason", "手机丢失")[1]
    assert Authenticator.objects.filter(user=wang).exists()
    proposals.confirm(Proposal.objects.get(outcome=""), by=people.by("jia"))
    assert not Authenticator.objects.filter(user=wang).exists()
    proposed = Record.objects.get(kind="people.propose")
    assert (proposed.address, proposed.reason, proposed.user) == (command.account(), "手机丢失", None)


def test_where_nobody_is_left_to_confirm_a_command_takes_it_away_at_once(people, run):
    """The day on which every administrator of people of the province has lost his: those who cannot come in are locked first."""
    jia, others = people.user("jia"), people_module._managing_the_province().exclude(user__username="jia")
    Authenticator.objects.create(user=jia, type="totp", data={})
    for post in others:
        assert run("lock", post.user.username, "--reason", "无法登录")[0] == 0
    code, told, _ = run("reset-factor", "jia", "--reason", "手机丢失")
    assert (code, "已重置 jia 的第二重验证" in told) == (0, True)
    assert not Authenticator.objects.filter(user=jia).exists()
    line = Record.objects.get(kind="people.factor")
    assert (line.address, line.reason, line.subject_id) == (command.account(), "手机丢失", str(jia.pk))
