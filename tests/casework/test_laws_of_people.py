"""Laws of people, whatever is done in whatever order: played by random over posts, proposals, absences and cases.

* Nobody acts with an ended post.
* Every open case of an office has an owner who is at work there, or lies in its pool.
* No person has two of the three duties on any day.
* What somebody might do on a day that is over never changes.
* Every change is exactly one line of the book, and what is refused is none.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from spotcheck.casework import owning
from spotcheck.casework.doing import Done, OtherPost, do
from spotcheck.casework.models import Handover
from spotcheck.docket import book, clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Dossier, Record
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Absence, Office, Post, User
from spotcheck.registers import absences, people, posts, proposals, rights
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.posts import Wanted
from spotcheck.registers.refusals import refuse_if
from spotcheck.rules.refused import Refused
from tests.casework.conftest import TODAY

OFFICES = ("370112", "370100", "370000")
GRANTS = (
    ("officer", ()),
    ("officer", ("coordinates",)),
    ("sampler", ("sample",)),
    ("administrator", ("manages",)),
    ("administrator", ("audits",)),
    ("administrator", ("registers",)),
    ("administrator", ("operates",)),
)
ANY = st.integers(0, 59)
SPAN = st.integers(-2, 6)


class Laws(RuleBasedStateMachine):
    """A county with two cases, its city and the province, where anybody tries anything."""

    numbers: tuple[str, str]
    done: Counter[str] = Counter()
    """How often what was done in all runs, by the kind of its line."""

    def __init__(self) -> None:
        super().__init__()
        self.day = TODAY
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.past: dict[date, list[tuple[int, str, str, str]]] = {}
        with clock.simulated(self.day):
            for name, office, entitlements in (("jia.2", "370000", ["manages"]), ("cheng", "370100", ["manages"])):
                user = User.objects.create_user(name, password=None, full_name=name)
                Post.objects.create(
                    user=user,
                    office=Office.objects.get(code=office),
                    role="administrator",
                    since=date(2021, 1, 1),
                    entitlements=entitlements,
                )
            for name in ("xin", "yu"):
                User.objects.create_user(name, password=None, full_name=name)

    def teardown(self) -> None:
        self.undo.close()

    # whoever is meant by a number

    def post(self, number: int) -> Post:
        found = Post.objects.filter(office__code__in=OFFICES).select_related("office", "user").order_by("pk")
        return found[number % found.count()]

    def by(self, number: int) -> Doer:
        """Somebody who administers, more often than not; whose post is held today."""
        held = Post.objects.valid_on(self.day).filter(office__code__in=OFFICES).select_related("office", "user")
        chosen = (held.filter(entitlements__contains=["manages"]) if number % 6 else held).order_by("pk")
        return Doer(post=chosen[number % chosen.count()])

    def colleague(self, number: int) -> Post:
        """Somebody of the county, more often than not."""
        county = Post.objects.filter(office__code=OFFICES[0]).exclude(role="administrator").order_by("pk")
        return county.select_related("office", "user")[number % county.count()] if number % 7 else self.post(number)

    def later(self, days: int) -> date:
        return date.fromordinal(self.day.toordinal() + days)

    def owner(self, case: Dossier) -> Post | None:
        """Who owns a case in the county today."""
        with clock.simulated(self.day):
            return owning.owner_of(case, Post.objects.filter(office__code=OFFICES[0]).order_by("pk")[0])

    def case(self, number: int) -> Dossier:
        return Dossier.objects.get(number=self.numbers[number % 2])

    def attempt(self, doing, *, lines=1):
        """Do something: one line of the book for a change, none for what is refused."""
        before = Record.objects.count()
        with clock.simulated(self.day):
            try:
                with transaction.atomic():
                    done = doing()
            except Refused:
                assert Record.objects.count() == before
                return None
        expected = lines(done) if callable(lines) else lines
        assert Record.objects.count() == before + expected
        self.done.update(Record.objects.order_by("-pk").values_list("kind", flat=True)[:expected])
        return done

    # what is done

    @rule(days=st.integers(1, 4))
    def time_goes_by(self, days):
        for _ in range(days):
            with clock.simulated(self.day):
                self.past[self.day] = self.might()
            self.day = self.later(1)
        with clock.simulated(self.day):  # yesterday is over now
            self.past[self.later(-1)] = self.might(self.later(-1))
        for day in sorted(self.past)[1:-3]:  # the first day and the last ones say it for all
            del self.past[day]

    def might(self, day=None):
        lines = rights.on(day or self.day, Office.objects.all())
        return sorted(
            (line.post.pk, line.post.user.username, line.post.role, ",".join(line.post.entitlements)) for line in lines
        )

    @rule(
        by=ANY,
        who=ANY,
        office=st.sampled_from(OFFICES),
        what=st.sampled_from(GRANTS),
        since=st.integers(-1, 3),
        span=SPAN,
    )
    def somebody_grants(self, by, who, office, what, since, span):
        users = User.objects.filter(posts__enterprise=None).distinct().order_by("pk")
        wanted = Wanted(
            user=users[who % users.count()],
            office=Office.objects.get(code=office),
            role=what[0],
            since=self.later(max(since, -1)),
            until=self.later(max(since, 0) + span) if span % 4 == 1 else None,
            entitlements=what[1],
        )
        done = self.attempt(lambda: posts.grant(wanted, by=self.by(by)))
        if isinstance(done, Proposal) and who % 3:  # often somebody looks at it the same day
            self.decide(done, by, confirms=bool(who % 2))

    @precondition(lambda self: Proposal.objects.filter(outcome="").exists())
    @rule(by=ANY, which=ANY, confirms=st.booleans())
    def somebody_decides(self, by, which, confirms):
        waiting = Proposal.objects.order_by("outcome", "-pk")
        proposal = waiting[which % waiting.count()]
        self.decide(proposal, by, confirms=confirms)

    def decide(self, proposal, by, *, confirms):
        if not confirms:
            self.attempt(lambda: proposals.decline(proposal, by=self.by(by), reason="不同意"))
            return
        for number in range(1, 6):  # whoever may, does
            doer = self.by(by + number)
            self.attempt(lambda doer=doer: proposals.confirm(proposal, by=doer))

    @precondition(lambda self: Post.objects.valid_on(self.day).filter(office__code=OFFICES[0]).count() > 3)
    @rule(by=ANY, which=ANY, last=SPAN)
    def somebody_ends_a_post(self, by, which, last):
        ended = self.attempt(
            lambda: posts.end_post(self.colleague(which), by=self.by(by), reason="调离", last_day=self.later(last))
        )
        if ended is not None:
            assert ended.until >= self.later(-1)

    @rule(by=ANY, which=ANY)
    def somebody_locks_or_opens(self, by, which):
        user = self.post(which).user
        doing = people.lock if user.is_active else people.unlock
        self.attempt(lambda: doing(user, by=self.by(by), reason="核实"))

    @rule(by=ANY, which=ANY, deputy=ANY, first=st.integers(-1, 4), span=st.integers(-1, 5))
    def somebody_is_away(self, by, which, deputy, first, span):
        post = self.colleague(which)
        doer = Doer(post=post) if by % 2 else self.by(by)
        days = {"first_day": self.later(first), "last_day": self.later(first + span)}
        self.attempt(lambda: absences.record(post, deputy=self.colleague(deputy), reason="培训", by=doer, **days))

    @precondition(lambda self: Absence.objects.exists())
    @rule(by=ANY, which=ANY, last=SPAN)
    def somebody_comes_back(self, by, which, last):
        absence = Absence.objects.order_by("pk")[which % Absence.objects.count()]
        self.attempt(lambda: absences.end_early(absence, last_day=self.later(last), by=self.by(by)))

    @rule(which=ANY, other=ANY, by=ANY)
    def somebody_names_a_deputy(self, which, other, by):
        self.attempt(lambda: absences.name_deputy(self.colleague(which), self.colleague(other), by=self.by(by)))

    @rule(by=ANY, owner=ANY, which=ANY)
    def somebody_names_an_owner(self, by, owner, which):
        doer = self.colleague(by)
        chosen = doer if owner % 2 else self.colleague(owner)
        self.attempt(lambda: owning.name_owner(self.case(which), chosen, by=doer))

    @rule(by=ANY, which=ANY)
    def somebody_puts_a_case_back(self, by, which):
        self.attempt(lambda: owning.release(self.case(which), by=self.colleague(by)))

    @rule(of=ANY, to=ANY, other=ANY, both=st.booleans())
    def somebody_hands_over(self, of, to, other, both):
        owned = [case for case in map(self.case, (of, of + 1)) if self.owner(case)]
        if not owned:  # somebody has to have a case first
            taker = self.colleague(of)
            self.attempt(lambda: owning.name_owner(self.case(of), taker, by=taker))
            owned = [self.case(of)] if self.owner(self.case(of)) else []
        if not owned:
            return
        post = self.owner(owned[0]) if of % 5 else self.colleague(of)
        handed = [owning.Handed(owned[0], self.colleague(to))]
        if both and len(owned) > 1:
            handed.append(owning.Handed(owned[1], self.colleague(other) if other % 3 else None))
        self.attempt(lambda: owning.hand_over(handed, of=post, by=post), lines=len)

    @precondition(lambda self: Handover.objects.exists())
    @rule(which=ANY, accepts=st.booleans())
    def somebody_answers(self, which, accepts):
        handover = Handover.objects.order_by("-pk")[which % Handover.objects.count()]
        if handover.to_post is None:
            return
        if accepts:
            self.attempt(lambda: owning.accept(handover, by=handover.to_post))
        else:
            self.attempt(lambda: owning.give_back(handover, by=handover.to_post, reason="须回避"))

    @rule(which=ANY, number=ANY)
    def somebody_acts(self, which, number):
        """Through the door for people: an ended post does nothing, whatever the act."""
        post, dossier = self.post(which), self.case(number)
        case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
        post = post if number % 2 else self.colleague(which)
        with clock.simulated(self.day):
            answer = do(of_post(post), case, "receive_report", on=self.day, facts={}, post=post)
        held = post.since <= self.day and (post.until is None or post.until >= self.day)
        assert held or isinstance(answer, OtherPost)
        assert not isinstance(answer, Done) or (held and post.role == "officer")

    # what always holds

    @invariant()
    def what_was_possible_on_a_past_day_does_not_change(self):
        with clock.simulated(self.day):
            for day, said in self.past.items():
                if day < self.later(-1):
                    assert self.might(day) == said, day

    @invariant()
    def duties_and_posts_are_in_order(self):
        with clock.simulated(self.day):
            assert list(checking.check(["I15", "I16"])) == []

    @invariant()
    def every_open_case_has_an_owner_at_work_or_lies_in_the_pool(self):
        with clock.simulated(self.day):
            officers = Post.objects.valid_on(self.day).filter(role="officer", office__code__in=OFFICES)
            for post in officers.order_by("office", "pk").distinct("office"):
                pool = set(owning.pool_of(post))
                for dossier in owning.open_cases(post):
                    owner = owning.owner_of(dossier, post)
                    assert (owner is None) == (dossier in pool)
                    at_work = Post.objects.valid_on(self.day)
                    assert owner is None or at_work.filter(pk=owner.pk, office=post.office_id).exists()

    @invariant()
    def the_book_says_what_it_said(self):
        assert list(book.verify()) == []


USUAL = {"propose", "confirm", "decline", "grant", "end_post", "lock", "unlock", "absence", "own", "hand_over"}


@pytest.mark.slow
def test_laws_of_people(county):
    _world, first, second = county
    Laws.numbers = (first.number, second.number)
    Laws.done.clear()
    run_state_machine_as_test(
        Laws,
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
    assert {f"people.{name}" for name in USUAL} <= set(Laws.done), Laws.done


# each law fails where its protection is taken away, so that none of them holds by itself


@pytest.fixture
def laws(county):
    """The machine by itself, for a few steps that are chosen."""
    _world, first, second = county
    Laws.numbers = (first.number, second.number)
    machine = Laws()
    yield machine
    machine.teardown()


def named(name):
    """The newest post of a person: one that was granted anew with another entitlement has followed another."""
    return Post.objects.select_related("office", "user").filter(user__username=name).latest("pk")


def holds_and_then_breaks(law, steps, monkeypatch, take_away):
    """After the same steps the law holds with the protection, and breaks without it."""
    with transaction.atomic():
        steps()
        law()
        transaction.set_rollback(True)
    with monkeypatch.context() as patched:
        take_away(patched)
        steps()
        with pytest.raises(AssertionError):
            law()


def test_without_the_check_at_granting_one_person_has_two_duties(laws, monkeypatch):
    def steps():
        for entitlement in ("manages", "audits"):
            wanted = Wanted(
                User.objects.get(username="xin"),
                Office.objects.get(code="370112"),
                "administrator",
                laws.day,
                entitlements=(entitlement,),
            )
            if entitlement == "audits":  # another office, so that it is not the same post again
                wanted = replace(wanted, office=Office.objects.get(code="370100"))
            proposal = laws.attempt(lambda wanted=wanted: posts.grant(wanted, by=Doer(post=named("jia.2"))))
            if proposal is not None:
                laws.attempt(lambda it=proposal: proposals.confirm(it, by=Doer(post=named("administrator"))))

    holds_and_then_breaks(
        laws.duties_and_posts_are_in_order,
        steps,
        monkeypatch,
        lambda patched: patched.setattr(posts, "_held_meanwhile", lambda _wanted: set()),
    )


def test_without_the_check_at_ending_the_past_changes(laws, monkeypatch):
    laws.time_goes_by(days=3)

    def steps():
        long_ago = laws.later(-3)
        laws.attempt(lambda: posts.end_post(named("li"), by=Doer(post=named("wei")), reason="调离", last_day=long_ago))

    def without(**standing):
        refuse_if(**{name: holds for name, holds in standing.items() if name != "not_backdated"})

    holds_and_then_breaks(
        laws.what_was_possible_on_a_past_day_does_not_change,
        steps,
        monkeypatch,
        lambda patched: patched.setattr(posts, "refuse_if", without),
    )


def test_without_the_last_day_of_its_owner_a_case_lies_nowhere(laws, monkeypatch):
    tomorrow = laws.later(1)
    laws.attempt(lambda: posts.end_post(named("li"), by=Doer(post=named("wei")), reason="调离", last_day=tomorrow))
    laws.attempt(lambda: owning.name_owner(laws.case(0), named("li"), by=named("li")))
    laws.time_goes_by(days=3)
    holds_and_then_breaks(
        laws.every_open_case_has_an_owner_at_work_or_lies_in_the_pool,
        lambda: None,
        monkeypatch,
        lambda patched: patched.setattr(owning, "ownerships", owning.Ownership.objects.all),
    )


def test_a_change_without_its_line_is_seen(laws, monkeypatch):
    monkeypatch.setattr(absences, "_write", lambda *_args, **_more: None)
    with pytest.raises(AssertionError):
        laws.attempt(
            lambda: absences.record(
                named("li"),
                first_day=laws.day,
                last_day=laws.day,
                deputy=named("qian"),
                reason="培训",
                by=Doer(post=named("li")),
            )
        )
