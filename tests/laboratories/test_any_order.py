"""A laboratory's programs in any order: doubled, shuffled, corrected, too late, with two credentials, and by strangers.

* What was answered with success stands on record as it was answered, and nothing else does (I2).
* Whatever is asked, the case goes only ways that the charts have, and its chain holds (I3).
* Once the report is out no result changes and there is no second one; nothing is done in a case that was ended (I5).
* The same request is done once, whoever of the office sends it again and under whichever key (I11).
* No answer says a word of a party, a place, a price or who sampled, and who has no part in the case learns nothing.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from spotcheck.api import limits
from spotcheck.docket import entries
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Dossier, Entry
from spotcheck.inspection.models import ItemResult
from spotcheck.parties.models import Enterprise, Office
from tests.api.conftest import NUMBER, Program, program_of
from tests.faults.figures import report
from tests.laboratories.conftest import BY, GOOD, Bench
from tests.laboratories.test_cases import _forbidden, _mark

SHORT, FULL = (6, 25), (150, 60)
"""Runs, and steps of each."""
ANY = st.integers(0, 99)
SUCCESS = (200, 201)
REFUSED = (400, 403, 404, 409, 412, 422)
VALUES = ("7.40", "7.41", "7.92")
OVER = ("reported", "terminated_illegal")


@dataclass
class Said:
    """A request that was answered with success."""

    last: str
    body: dict[str, Any]
    key: str
    status: int
    content: bytes


class AnyOrder(RuleBasedStateMachine):
    """Two programs of the laboratory and one of another, which try anything."""

    bench: ClassVar[Bench]
    programs: ClassVar[dict[str, Program]]
    forbidden: ClassVar[set[str]]
    happened: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.said: list[Said] = []
        self.expected: dict[str, str] = {}
        self.hashes = set(self._hashes())
        self.over_with: int | None = None
        self.tag = '"0"'

    def teardown(self) -> None:
        """At the end of a run the database is asked too."""
        assert [broken for broken in checking.check(("I3", "I5", "I7")) if broken.dossier == self.dossier.number] == []
        self.stack.close()

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.bench.dossier.pk)

    def _hashes(self) -> list[str]:
        return list(Entry.objects.filter(dossier=self.bench.dossier).values_list("hash", flat=True))

    def _heard(self, answer: Any, *, changes: bool = True) -> Any:
        """What holds of every answer: it is one of those described, names nobody, and what it says is on record."""
        text = answer.content.decode()
        assert answer.status_code in (*SUCCESS, *REFUSED), text
        if self.bench.state("inspection") != "reported":
            assert [word for word in self.forbidden if word in text] == []
        now = set(self._hashes())
        if answer.status_code in SUCCESS and changes:
            told = {entry["hash"] for entry in answer.json()["entries"]}
            assert told <= now
            own = Entry.objects.filter(dossier=self.bench.dossier, user__isnull=False).exclude(hash__in=self.hashes)
            assert {entry.hash for entry in own} <= told
        else:
            assert now == self.hashes
        self.hashes = now
        return answer

    def _do(self, last: str, body: dict[str, Any], who: int) -> Any:
        key = str(uuid4())
        program = self.programs[("first", "second")[who % 2]]
        was_over = self.bench.state("inspection") in OVER
        answer = self._heard(program.post(self.bench.path(last), BY | body, **{"Idempotency-Key": key}))
        if answer.status_code in SUCCESS:
            self.said.append(Said(last, body, key, answer.status_code, answer.content))
            self.happened[last] = self.happened.get(last, 0) + 1
            assert not was_over or last in {"custody", "storage"} or answer.status_code == 200
        return answer

    @rule(
        units=st.sampled_from((("T",), ("R",), ("T", "R"))),
        seal=st.sampled_from(("intact",) * 4 + ("broken",)),
        who=ANY,
    )
    def receive(self, units: tuple[str, ...], seal: str, who: int) -> None:
        self._do("receipts", {"units": [{"unit": unit, "seal_state": seal} for unit in units]}, who)

    @rule(who=ANY)
    def verify(self, who: int) -> None:
        self._do("qualification", {"licence": "valid"}, who)

    @rule(start=st.booleans(), who=ANY)
    def issue(self, start: bool, who: int) -> None:
        self._do("issue", {"inspector": NUMBER, "start_testing": start}, who)

    @rule(items=st.sets(st.integers(0, 4), min_size=1), value=st.sampled_from(VALUES), reason=st.booleans(), stale=ANY)
    def record(self, items: set[int], value: str, reason: bool, stale: int) -> None:
        """Results, and corrections, by who has read what stands there or has not."""
        results = [GOOD[place] | ({"reason": "复核后更正记录"} if reason else {}) for place in sorted(items)]
        if 0 in items:
            results[0] = results[0] | {"value": value}
        program, path = self.programs[("first", "second")[stale % 2]], self.bench.path("results")
        read = program.get(path)
        is_stale = stale % 5 == 0 and self.tag != read.headers["ETag"]
        tag = self.tag if is_stale else read.headers["ETag"]
        answer = self._heard(program.put(path, BY | {"results": results}, **{"If-Match": tag}))
        assert answer.status_code != 412 or is_stale
        self.tag = read.headers["ETag"]
        if answer.status_code == 200:
            assert not is_stale
            assert self.bench.state("inspection") not in OVER
            self.happened["results"] = self.happened.get("results", 0) + 1
            if 0 in items:
                self.expected["1"] = value

    @rule(retain=st.booleans(), who=ANY)
    def complete(self, retain: bool, who: int) -> None:
        self._do("completion", {"retain": True} if retain else {}, who)

    @rule(conclusion=st.sampled_from(("conforming", "nonconforming")), number=st.sampled_from(("J1", "J2")), who=ANY)
    def report(self, conclusion: str, number: str, who: int) -> None:
        files = {"report": self.bench.pdf()} | ({"analysis": self.bench.pdf()} if conclusion == "nonconforming" else {})
        self._do("report", {"conclusion": conclusion, "number": number} | files, who)

    @rule(steps=st.integers(1, 3), who=ANY)
    def go_on(self, steps: int, who: int) -> None:
        """What is next in a day, so that many cases get to their report."""
        for _ in range(steps):
            match self.bench.state("inspection"):
                case "awaiting":
                    self.receive(("T", "R"), "intact", who)
                case "received":
                    self.verify(who)
                case "cleared":
                    self.issue(True, who)
                case "testing":
                    self.record({0, 1, 2, 3, 4}, "7.40", True, 1)
                    self.complete(True, who)
                case "completed":
                    self.report("conforming" if self.expected.get("1") != "7.92" else "nonconforming", "J1", who)

    @rule(place=st.sampled_from(("一号架", "二号架")), unit=st.sampled_from("TR"), who=ANY)
    def move(self, place: str, unit: str, who: int) -> None:
        self._do("custody", {"unit": unit, "kind": "moved", "place": place}, who)

    @rule(seldom=st.integers(0, 9), who=ANY)
    def terminate(self, seldom: int, who: int) -> None:
        """The test ends for good, since the product is unlawful (28)."""
        if seldom == 0:
            body = {"suspicion": "other", "finding": "许可证编号查无此证", "evidence": [self.bench.photo()]}
            self._do("termination", body, who)

    @rule(which=ANY, who=ANY)
    def send_again(self, which: int, who: int) -> None:
        """The same request, by either program of the office: answered as the first time, and done no second time."""
        if not self.said:
            return
        said = self.said[which % len(self.said)]
        program, before = self.programs[("first", "second")[who % 2]], len(self.hashes)
        again = program.post(self.bench.path(said.last), BY | said.body, **{"Idempotency-Key": said.key})
        assert (again.status_code, again.content) == (said.status, said.content)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert len(self._hashes()) == before

    @rule(which=ANY)
    def send_again_under_another_key(self, which: int) -> None:
        """It may be refused by now; done it is not once more."""
        if self.said:
            said = self.said[which % len(self.said)]
            before = len(self.hashes)
            self._heard(self.programs["first"].post(self.bench.path(said.last), BY | said.body))
            assert len(self._hashes()) == before

    @rule(which=ANY)
    def send_something_else_under_a_key(self, which: int) -> None:
        if self.said:
            said = self.said[which % len(self.said)]
            body = BY | said.body | {"late_reason": "另一请求"}
            other = self.programs["second"].post(self.bench.path(said.last), body, **{"Idempotency-Key": said.key})
            assert self._heard(other).status_code == 422

    @rule(last=st.sampled_from(("", "results", "custody", "receipts", "report", "qualification")))
    def stranger(self, last: str) -> None:
        """A laboratory that has no part in the case finds that there is no such sample."""
        program, unknown = self.programs["foreign"], "/cases/SD2024-999" + (f"/{last}" if last else "")
        if last in {"", "results", "custody"}:
            answer, none = program.get(self.bench.path(last)), program.get(unknown)
        else:
            body = {
                "receipts": {"units": [{"unit": "T", "seal_state": "intact"}]},
                "qualification": {"licence": "valid"},
            }
            said = {"by": "R2001", "on": BY["on"]} | body.get(
                last, {"number": "J1", "conclusion": "conforming", "report": "x" * 36}
            )
            answer, none = program.post(self.bench.path(last), said), program.post(unknown, said)
        assert (answer.status_code, none.status_code) == (404, 404)
        differing = {"instance"}
        assert {k: v for k, v in answer.json().items() if k not in differing} == {
            k: v for k, v in none.json().items() if k not in differing
        }
        assert set(self._hashes()) == self.hashes

    @invariant()
    def holds(self) -> None:
        """The chain, the revisions, and that nothing is reported twice."""
        assert list(entries.verify(self.dossier)) == []
        made: dict[str, list[int]] = {}
        rows = ItemResult.objects.filter(dossier=self.bench.dossier).order_by("revision")
        for number, revision in rows.values_list("number", "revision"):
            made.setdefault(number, []).append(revision)
        assert all(found == list(range(1, len(found) + 1)) for found in made.values())
        if self.expected:
            newest = rows.filter(number="1").last()
            assert newest is not None
            assert newest.shown == self.expected["1"]
        reports = Entry.objects.filter(dossier=self.bench.dossier, act="inspection.issue_report")
        assert reports.count() <= 1
        ended = self.bench.state("inspection") in OVER
        if ended and self.over_with is None:
            self.over_with = rows.count()
        assert self.over_with in (None, rows.count())


@pytest.mark.parametrize(("runs", "steps"), [SHORT, pytest.param(*FULL, marks=pytest.mark.long)])
def test_in_any_order(bench: Bench, monkeypatch: pytest.MonkeyPatch, runs: int, steps: int) -> None:
    for name in ("READS", "WRITES", "TOKENS", "UNKNOWN"):
        monkeypatch.setattr(limits, name, 10**9)
    AnyOrder.bench = bench
    AnyOrder.programs = {
        "first": bench.lims,
        "second": program_of(bench.world, "lab", label="LIMS 2"),
        "foreign": program_of(bench.world, "retest_lab"),
    }
    AnyOrder.happened.clear()
    _mark(Enterprise.objects.all(), but={"credit_code", "registered_place", "actual_place"})
    for office in Office.objects.filter(kind__in=(Office.Kind.CITY, Office.Kind.COUNTY)):
        Office.objects.filter(pk=office.pk).update(name=f"MARKED bureau {office.code}")
    AnyOrder.forbidden = _forbidden(bench.dossier)
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
    report("F9 programs", runs=runs, steps=steps, done=dict(AnyOrder.happened))
    assert {"receipts", "results", "completion", "report", "custody"} <= AnyOrder.happened.keys()
