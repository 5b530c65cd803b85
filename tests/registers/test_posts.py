"""Granting, confirming and ending posts: who may, who may not, and one line of the book for each change."""

from datetime import date

import pytest

from spotcheck.docket import book, clock
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Record
from spotcheck.parties.models import Absence, Deputyship, Post
from spotcheck.registers import ending, posts, proposals, rights
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.posts import Wanted, end_post, grant
from spotcheck.registers.refusals import REASONS, NotDone
from spotcheck.rules.refused import Refused
from tests.registers.conftest import DAY

COMMAND = Doer(account="root@machine")
TOMORROW, YESTERDAY = date(2025, 3, 4), date(2025, 3, 2)


def wanted(people, code="370102", role="officer", **more):
    user = people.user(more.pop("who", "xin"))
    return Wanted(**{"user": user, "office": people.office(code), "role": role, "since": DAY} | more)


def refused(names, doing, *given, **more):
    """What is refused by exactly these reasons changes nothing and writes nothing."""
    before = (Record.objects.count(), Post.objects.count(), Proposal.objects.count())
    with pytest.raises(NotDone) as found:
        doing(*given, **more)
    assert set(found.value.names) == set(names)
    assert (Record.objects.count(), Post.objects.count(), Proposal.objects.count()) == before
    return found.value


def the_line(kind):
    line = Record.objects.get()
    assert line.kind == kind
    return line


# who may grant what


@pytest.mark.parametrize(
    ("by", "code", "role", "may"),
    [
        ("li", "370102", "officer", True),  # one's own office
        ("ji", "370102", "officer", True),  # the one below
        ("jia", "370102", "officer", True),  # two below
        ("li", "370100", "officer", False),  # above
        ("li", "370103", "officer", False),  # beside
        ("qing", "370102", "officer", False),  # another city
        ("yan", "YS-JY", "analyst", True),  # a body administers itself
        ("jia", "YS-JY", "analyst", False),  # and the province gives no posts in its work
        ("shen", "370102", "officer", False),  # an auditor manages nobody
        ("yun", "370102", "officer", False),
        ("wang", "370102", "officer", False),  # an officer neither
        ("yan", "370102", "officer", False),
    ],
)
def test_posts_are_granted_in_ones_own_office_and_below(people, by, code, role, may):
    if not may:
        refused({"manages"}, grant, wanted(people, code, role), by=people.by(by))
        return
    post = grant(wanted(people, code, role), by=people.by(by), reason="新调入")
    assert (post.user.username, post.office.code, post.granted_by) == ("xin", code, people.user(by))
    line = the_line("people.grant")
    assert (line.user.username, line.post.user.username, line.subject_id) == (by, by, str(post.user_id))
    assert (line.after["role"], line.reason, line.address) == (role, "新调入", "10.0.0.1")


def test_nobody_grants_to_himself(people):
    refused({"not_oneself"}, grant, wanted(people, who="li"), by=people.by("li"))


REFUSED = {
    "an analyst in a bureau": ({"role": "analyst"}, {"fits_office"}),
    "an agent of a firm": ({"role": "enterprise"}, {"fits_office"}),
    "an officer who manages": ({"entitlements": ("manages",)}, {"fits_role"}),
    "an officer who tests": ({"entitlements": ("test",)}, {"fits_role"}),
    "what nobody knows": ({"entitlements": ("rules",)}, {"fits_role"}),
    "an administrator who samples": ({"role": "administrator", "entitlements": ("sample",)}, {"fits_role"}),
    "the operation of the system": ({"role": "administrator", "entitlements": ("operates",)}, {"office_has_it"}),
    "an administrator of nothing": ({"role": "administrator"}, {"missing"}),
    "two duties in one post": ({"role": "administrator", "entitlements": ("audits", "manages")}, {"three_duties"}),
    "yesterday": ({"since": YESTERDAY}, {"not_backdated"}),
    "the wrong way round": ({"since": TOMORROW, "until": DAY}, {"span"}),
    "the same again": ({"who": "wang"}, {"once"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_nobody_can_grant_is_refused_by_name(people, what):
    given, names = REFUSED[what]
    refused(names, grant, wanted(people, **given), by=people.by("li"))


def test_a_person_who_left_and_an_office_that_ended_get_no_posts(people):
    people.user("xin").__class__.objects.filter(username="xin").update(left_on=YESTERDAY)
    people.office("370102").__class__.objects.filter(code="370102").update(until=YESTERDAY)
    refused({"has_left", "office_exists"}, grant, wanted(people), by=people.by("li"))


def test_two_duties_are_never_with_one_person_whatever_the_office(people):
    given = {"role": "administrator", "entitlements": ("audits",), "who": "li"}
    refused({"three_duties"}, grant, wanted(people, "370100", **given), by=people.by("ji"))
    end_post(people.posts["li"], by=people.by("ji"), reason="转岗", last_day=DAY)
    assert isinstance(grant(wanted(people, "370100", since=TOMORROW, **given), by=people.by("ji")), Proposal)


def test_another_post_in_another_role_or_office_is_one_more(people):
    assert grant(wanted(people, role="sampler", who="wang"), by=people.by("li")).pk
    assert grant(wanted(people, "370103", who="wang"), by=people.by("ji")).pk


# four eyes


@pytest.mark.parametrize(
    ("by", "code", "role", "entitlements"),
    [
        ("jia", "370000", "officer", ()),  # any post at the province
        ("ji", "370102", "administrator", ("manages",)),
        ("ji", "370102", "administrator", ("audits",)),
        ("jia", "370000", "administrator", ("operates",)),
        ("yan", "YS-JY", "analyst", ("sign", "review")),
        ("jia", "YS-JY", "administrator", ("manages",)),  # the first administrator of a body, by the province
    ],
)
def test_four_eyes_propose_and_grant_nothing_yet(people, by, code, role, entitlements):
    before = Post.objects.count()
    proposal = grant(wanted(people, code, role, entitlements=entitlements), by=people.by(by), reason="工作需要")
    assert isinstance(proposal, Proposal)
    assert (Post.objects.count(), proposal.last_day) == (before, date(2025, 3, 10))
    assert the_line("people.propose").after["proposal"] == proposal.pk


@pytest.mark.parametrize(("role", "entitlements"), [("analyst", ("test", "review")), ("analyst", ("receive",))])
def test_what_is_not_worth_four_eyes_is_granted_by_one(people, role, entitlements):
    assert isinstance(grant(wanted(people, "YS-JY", role, entitlements=entitlements), by=people.by("yan")), Post)


def proposed(people, by="ji", code="370102", **more):
    more = {"role": "administrator", "entitlements": ("manages",)} | more
    return grant(wanted(people, code, **more), by=people.by(by))


def test_another_person_confirms_and_the_post_says_both(people):
    proposal = proposed(people)
    with clock.simulated(date(2025, 3, 6)):
        proposals.confirm(proposal, by=people.by("jin"))
    post = Post.objects.get(user__username="xin")
    assert (post.granted_by.username, post.confirmed_by.username) == ("ji", "jin")
    assert (post.since, post.entitlements) == (date(2025, 3, 6), ["manages"])
    line = Record.objects.get(kind="people.confirm")
    assert (line.user.username, line.second_user.username, line.after["post"]) == ("jin", "ji", post.pk)
    assert Record.objects.count() == 2


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("ji", {"another_person"}),  # who proposed it
        ("qing", {"manages", "level"}),  # beside
        ("shen", {"manages"}),  # audits
        ("li", {"level"}),  # manages there, but below who proposed it
        ("wang", {"manages", "level"}),
    ],
)
def test_nobody_else_confirms(people, by, names):
    refused(names, proposals.confirm, proposed(people), by=people.by(by))


def test_nobody_confirms_his_own_post(people):
    proposal = proposed(people, by="jin", code="370102", who="ji")
    refused({"not_oneself"}, proposals.confirm, proposal, by=people.by("ji"))


def test_the_province_confirms_what_a_body_with_one_administrator_proposes(people):
    proposal = proposed(people, by="yan", code="YS-JY", role="analyst", entitlements=("sign",))
    proposals.confirm(proposal, by=people.by("jia"))
    assert Post.objects.get(user__username="xin").entitlements == ["sign"]


@pytest.mark.parametrize(("day", "holds"), [(date(2025, 3, 10), True), (date(2025, 3, 11), False)])
def test_a_proposal_falls_after_seven_days(people, day, holds):
    proposal = proposed(people)
    with clock.simulated(day):
        assert proposals.open_for(people.by("jin")).exists() is holds
        if holds:
            proposals.confirm(proposal, by=people.by("jin"))
        else:
            refused({"in_time"}, proposals.confirm, proposal, by=people.by("jin"))


def test_what_is_decided_is_decided_once(people):
    proposal = proposed(people)
    proposals.confirm(proposal, by=people.by("jin"))
    refused({"undecided"}, proposals.confirm, proposal, by=people.by("jia"))
    refused({"undecided"}, proposals.decline, proposal, by=people.by("jia"), reason="不同意")


def test_a_proposal_is_declined_for_a_reason_or_withdrawn_by_who_made_it(people):
    first, second = proposed(people), proposed(people, by="jin")
    refused({"missing"}, proposals.decline, first, by=people.by("jin"), reason=" ")
    refused({"manages"}, proposals.decline, first, by=people.by("qing"), reason="不同意")
    proposals.decline(first, by=people.by("jin"), reason="不同意")
    proposals.decline(second, by=people.by("jin"), reason="撤回")
    assert {each.outcome for each in Proposal.objects.all()} == {"declined"}
    assert Record.objects.filter(kind="people.decline").count() == 2


def test_a_proposal_is_judged_again_when_it_is_confirmed(people):
    first = proposed(people, entitlements=("manages",))
    second = proposed(people, entitlements=("audits",), code="370100")
    proposals.confirm(first, by=people.by("jin"))
    refused({"three_duties"}, proposals.confirm, second, by=people.by("jin"))


def test_a_command_counts_as_one_person_of_two(people):
    proposal = grant(wanted(people, "370000"), by=COMMAND)
    assert (proposal.proposed_by, proposal.account) == (None, "root@machine")
    refused({"another_person"}, proposals.confirm, proposal, by=COMMAND)
    refused({"level", "manages"}, proposals.confirm, proposal, by=people.by("ji"))
    proposals.confirm(proposal, by=people.by("jia"))
    assert Post.objects.filter(user__username="xin").exists()
    assert Record.objects.get(kind="people.propose").address == "root@machine"


def test_everybody_sees_the_proposals_that_he_may_decide(people):
    proposal = proposed(people)
    seen = {name for name in people.posts if proposals.open_for(people.by(name)).filter(pk=proposal.pk).exists()}
    assert seen == {"jia", "yi", "ji", "jin", "li"}


# the end


def test_a_post_ends_at_once_or_after_a_day_to_come(people):
    ended = end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    assert not Post.objects.valid_on(DAY).filter(pk=ended.pk).exists()
    assert Post.objects.valid_on(YESTERDAY).filter(pk=ended.pk).exists()
    line = the_line("people.end_post")
    assert (line.before, line.after["until"], line.reason) == ({"until": None}, "2025-03-02", "调离")
    later = end_post(people.posts["zhao"], by=people.by("li"), reason="退休", last_day=date(2025, 4, 30))
    assert later.until == date(2025, 4, 30)


def test_a_post_never_ends_in_the_past_nor_twice_nor_without_a_reason(people):
    refused(
        {"not_backdated"}, end_post, people.posts["wang"], by=people.by("li"), reason="x", last_day=date(2025, 3, 1)
    )
    refused({"missing"}, end_post, people.posts["wang"], by=people.by("li"), reason="")
    end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    before = Record.objects.count()
    with pytest.raises(NotDone, match="已经终止"):
        end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    assert Record.objects.count() == before


@pytest.mark.parametrize(
    ("by", "who", "may"),
    [
        ("ji", "wang", True),
        ("qing", "wang", False),
        ("wang", "zhao", False),
        ("jia", "liu", False),
        ("jia", "yan", True),
        ("li", "ji", False),
    ],
)
def test_posts_are_ended_by_whoever_manages_them(people, by, who, may):
    if may:
        assert end_post(people.posts[who], by=people.by(by), reason="调离").until == YESTERDAY
    else:
        refused({"manages"}, end_post, people.posts[who], by=people.by(by), reason="调离")


def test_the_last_administrator_of_the_province_stays(people):
    end_post(people.posts["yi"], by=people.by("jia"), reason="退休")
    refused_one = pytest.raises(NotDone, match="最后一位")
    with refused_one:
        end_post(people.posts["jia"], by=people.by("jia"), reason="退休")
    assert end_post(people.posts["ji"], by=people.by("jia"), reason="退休")
    assert end_post(people.posts["jin"], by=people.by("jia"), reason="退休")  # above the city stands the province


def test_whoever_knows_what_has_to_be_done_first_refuses_the_end(people, monkeypatch):
    class Owns(Refused):
        """Owns open cases."""

    def asked(post, last_day):
        if post == people.posts["wang"]:
            raise Owns(f"还有在办案件（{last_day}）")

    monkeypatch.setattr(ending, "ASKED", [])
    assert ending.before_ending(asked) is asked
    with pytest.raises(Owns, match="2025-03-02"):
        end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    assert not Record.objects.exists()
    assert end_post(people.posts["zhao"], by=people.by("li"), reason="调离")


def test_absences_and_deputies_end_with_the_post(people):
    wang, zhao, sun = (people.posts[name] for name in ("wang", "zhao", "sun"))
    away = Absence.objects.create(post=zhao, deputy=wang, first_day=YESTERDAY, last_day=date(2025, 3, 9), reason="培训")
    Absence.objects.create(
        post=wang, deputy=sun, first_day=date(2025, 3, 20), last_day=date(2025, 3, 21), reason="休假"
    )
    pair = Deputyship.objects.create(post=min(wang, zhao, key=lambda p: p.pk), other=zhao, since=DAY)
    end_post(wang, by=people.by("li"), reason="调离")
    away.refresh_from_db()
    pair.refresh_from_db()
    assert (away.last_day, Absence.objects.count(), pair.until) == (YESTERDAY, 1, YESTERDAY)
    assert len(the_line("people.end_post").after["absences"]) == 2
    assert list(checking.check(["I15", "I16"])) == []


def test_what_somebody_might_do_on_a_past_day_does_not_change(people):
    offices = people.office("370102").__class__.objects.all()
    before = [(line.post.pk, line.number) for line in rights.on(YESTERDAY, offices)]
    end_post(people.posts["wang"], by=people.by("li"), reason="调离")
    grant(wanted(people), by=people.by("li"))
    assert [(line.post.pk, line.number) for line in rights.on(YESTERDAY, offices)] == before
    assert {line.post.user.username for line in rights.on(DAY, offices)} == {*people.posts, "xin"} - {"wang"}


def test_what_cannot_be_written_down_is_not_done(people, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(book, "write", broken)
    for doing in (
        lambda: grant(wanted(people), by=people.by("li")),
        lambda: proposed(people),
        lambda: end_post(people.posts["wang"], by=people.by("li"), reason="调离"),
    ):
        with pytest.raises(RuntimeError):
            doing()
    assert not Post.objects.filter(user__username="xin").exists()
    assert not Proposal.objects.exists()
    assert Post.objects.get(pk=people.posts["wang"].pk).until is None


# words


def test_every_reason_is_said_in_two_languages_with_a_cure():
    for says, cure in REASONS.values():
        assert says.en.isascii()
        assert cure.en.isascii()
        assert says.zh
        assert cure.zh
    told = NotDone("three_duties", "once")
    assert told.text("zh-hans").startswith("没有办理：系统管理、安全管理、审计管理不得由同一人承担（")
    assert told.text("en").startswith("Not done: system, security and audit are never with one person (")
    assert [reason["guard"] for reason in told.as_problem("en")["reasons"]] == ["three_duties", "once"]
    assert told.status == 409


def test_every_kind_of_office_has_roles_and_entitlements_of_its_administration():
    assert set(posts.ROLES) == set(posts.OF_ADMINISTRATORS) == {kind.value for kind in posts.Office.Kind}
