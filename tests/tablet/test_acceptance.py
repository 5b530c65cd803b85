"""The sampling part of the acceptance files, driven through a tablet: the docket is the one that the acts themselves make.

Each file is played twice, once by ``perform`` and once with every act that a tablet does written into a log and taken in.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from spotcheck.casework import field_packages, field_visits, intake
from spotcheck.docket import clock, register
from spotcheck.docket.acts import perform
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted, BadFacts, Reason
from spotcheck.files.models import StoredFile
from spotcheck.parties.models import Post, User
from spotcheck.planning.tables import TargetSampler
from spotcheck.rehearsal import player, stages
from spotcheck.rehearsal.scenario import read
from spotcheck.rules import canonical, field_log
from spotcheck.rules.words import Words
from spotcheck.sampling import field_acts
from spotcheck.sampling.models import FieldAct
from spotcheck.wiring.machine.places import ROOT

FILES = sorted((ROOT / "tests" / "acceptance").glob("S*.yaml"))
SHORT = {"S01", "S18", "S21", "S70"}
"""Those of every run: a whole way, a refusal and an obstruction, no sampling, refused claims. The others take minutes."""
PLAYED = [path if path.stem in SHORT else pytest.param(path, marks=pytest.mark.long) for path in FILES]
DEVICE = str(UUID(int=7))
WITHOUT = {"sampling.record_obstruction": {"media"}}
"""Facts that name the files of the log, and a file of the rehearsal a claim."""


@dataclass
class Visit:
    """A log of a visit, as far as it was taken in."""

    package: str
    acts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Through:
    """Stands where ``perform`` stands in a rehearsal, and writes what a tablet does into a log."""

    visits: dict[int, Visit] = field(default_factory=dict)
    done: int = 0
    refused: int = 0
    pictures: int = 0

    def __call__(self, act: Any, *, by: Any, on: date, facts: dict[str, Any]) -> Any:
        matter, spec = act.__self__, act.spec
        came = self._came(matter.dossier, facts)
        visit = self.visits.get(matter.dossier_id)
        is_back = visit is not None and bool(visit.acts) and on.isoformat() < visit.acts[-1]["on"]
        if spec.name not in field_acts.DONE or by.word not in {"sampler", None, "enterprise"} or not came or is_back:
            return perform(act, by=by, on=on, facts=facts)
        if visit is None:
            begun = datetime.combine(on, time(0, 1), clock.SHANDONG)
            visit = self.visits[matter.dossier_id] = Visit(field_packages.issue(DEVICE, begun))
        return self._by_the_log(visit, matter, spec, came, on, dict(facts))

    def _by_the_log(
        self, visit: Visit, matter: Any, spec: Any, came: list[Post], on: date, facts: dict[str, Any]
    ) -> Any:
        before = len(visit.acts)
        leader = self._leader(matter.dossier, came)
        if register.state(matter.dossier, "sampling") == "assigned":
            field_visits.prepare([matter.dossier], leader)
        try:
            for name, said, particulars, slots in _written(matter, spec, facts, came):
                self._write(visit, matter.dossier.number, name, on, said, particulars, slots, came)
            made = self._taken_in(visit, before, matter.dossier.number, leader, came)
        except BaseException:
            del visit.acts[before:]
            raise
        if made.outcome != "done":
            del visit.acts[before:]
            self.refused += 1
            raise _refusal(spec.name, made.reasons)
        self.done += 1
        return made.entry

    def _came(self, dossier: Any, facts: dict[str, Any]) -> list[Post]:
        """The posts of those who come: as drawn, or as the file says; a name of nobody gets a post of its own."""
        rows = TargetSampler.objects.filter(target__dossier=dossier, post__isnull=False)
        drawn = {one.name: one for one in rows.select_related("post__user", "post__office")}
        present = [one.post for one in drawn.values() if one.state in {"coming", "added"}]
        if "samplers" not in facts or not present:
            return [post for post in present if post is not None]
        found = []
        for name in facts["samplers"] or ():
            known = drawn.get(name)
            found.append(known.post if known is not None else _post_of(name, present[0].office))  # type: ignore[union-attr]
        return [post for post in found if post is not None]

    def _leader(self, dossier: Any, came: list[Post]) -> Post:
        rows = TargetSampler.objects.filter(target__dossier=dossier, state__in=("coming", "added")).order_by("order")
        drawn = {one.post_id for one in rows}
        return next((post for post in came if post.pk in drawn), None) or rows[0].post  # type: ignore[return-value]

    def _write(
        self,
        visit: Visit,
        number: str,
        name: str,
        on: date,
        facts: dict[str, Any],
        particulars: dict[str, Any],
        slots: list[str],
        came: list[Post],
    ) -> None:
        moment = datetime.combine(on, time(1, 0), clock.SHANDONG) + timedelta(milliseconds=len(visit.acts))
        text = moment.isoformat(timespec="milliseconds")
        at = {"wall": text, "best": text, "by": "server+mono", "jump": 0, "anchor": text}
        made = {
            "id": str(uuid4()), "visit": number, "seq": len(visit.acts) + 1, "act": name, "on": on.isoformat(), "at": at,
            "facts": facts, "particulars": particulars, "evidence": [self._file(slot, at) for slot in slots],
            "by": [{"post": post.pk, "pin": True} for post in came],
            "prev": visit.acts[-1]["hash"] if visit.acts else visit.package,
        }  # fmt: skip
        visit.acts.append(made | {"hash": field_log.hash_of(made)})

    def _file(self, slot: str, at: dict[str, Any]) -> dict[str, Any]:
        self.pictures += 1
        hashed = hashlib.sha256(f"{slot} {self.pictures}".encode()).hexdigest()
        row = StoredFile(sha256=hashed, file=f"files/{hashed}", size=1, media_type="image/jpeg", checked_at=clock.now())
        StoredFile.objects.bulk_create([row], ignore_conflicts=True)
        about = {"sha256": hashed, "slot": slot, "name": f"{slot}.jpg", "type": "image/jpeg", "size": 1}
        return about | {"at": at, "source": "camera"}

    def _taken_in(self, visit: Visit, before: int, number: str, leader: Post, came: list[Post]) -> FieldAct:
        now = clock.local(clock.now()).isoformat(timespec="milliseconds")
        said = {
            "visit": number, "batch": str(uuid4()), "app": "1", "schema": 1, "device_now": now, "log": visit.package,
            "acts": visit.acts[before:],
        }  # fmt: skip
        sent = intake.Sent(
            visit=number, batch=UUID(said["batch"]), content=canonical.text_of(said).encode(), said=said, device=DEVICE,
            post=leader, posts=frozenset(post.pk for post in came) | {leader.pk},
            files=lambda hashes: StoredFile.objects.in_bulk(list(hashes)),
        )  # fmt: skip
        batch, _new = intake.take_in(sent)
        intake.finish(batch)
        return FieldAct.objects.select_related("entry").get(pk=visit.acts[-1]["id"])


def _post_of(name: str, office: Any) -> Post:
    user, _ = User.objects.get_or_create(username=f"sampler {name}", defaults={"full_name": name})
    return Post.objects.get_or_create(user=user, office=office, role="sampler", defaults={"since": date(2021, 1, 1)})[0]


Written = tuple[str, dict[str, Any], dict[str, Any], list[str]]
"""An act of a log: its name, facts, particulars, and the slots of its files."""


def _written(matter: Any, spec: Any, facts: dict[str, Any], came: list[Post]) -> list[Written]:
    """What a tablet writes where a file states these facts of an act."""
    stated = {key: value for key, value in facts.items() if value is not None}
    write = _WRITERS.get(spec.name)
    if write is not None:
        return write(matter, stated, came)
    unit = {"unit": matter.label} if spec.name.startswith("sample.") else {}
    is_shown = spec.name == "sampling.terminate_illegal" and stated.get("evidence")
    return [(spec.name, stated | unit, {}, ["place"] if is_shown else [])]


def _notice(matter: Any, stated: dict[str, Any], came: list[Post]) -> list[Written]:
    notice, mandate = field_visits.notice_of(matter.dossier), field_acts.mandate_of(matter.dossier)
    shown = {
        "form1": notice.number if notice is not None and stated.get("notice_matches") else "x",
        "form2": mandate.number if mandate is not None and stated.get("mandate_copy") else None,
        "ids": [post.pk for post in came] if stated.get("ids_valid") else [],
        "read_out": True,
        "receiver": "陈明",
    }
    computed = {"samplers", "ids_valid", "notice_matches", "mandate_copy"}
    kept = {key: value for key, value in stated.items() if key not in computed}
    return [("show", shown, {}, []), ("sampling.present_notice", kept, {}, [])]


def _sheet(_matter: Any, stated: dict[str, Any], came: list[Post]) -> list[Written]:
    found: list[Written] = [("note", {"text": ""}, {}, [*(stated.pop("media", None) or []), "outside"])]
    if stated.pop("signed", False):
        signs = [{"who": "sampler", "name": "", "capacity": "", "post": post.pk} for post in came]
        found += [("sign", one, {}, []) for one in (*signs, {"who": "firm", "name": "陈明", "capacity": ""})]
    seals = ("1", "2") if stated.pop("sealed_separately", False) else ("1", "1")
    paid = {"no_payment_reason": "依规定"} if stated.pop("paid", False) else {}
    particulars = {"sampling": dict(zip(("test_seal", "reserve_seal"), seals, strict=True))}
    return [*found, ("sampling.complete_sampling", stated | paid | {"no_seal_reason": "没有印章"}, particulars, [])]


def _precheck(_matter: Any, stated: dict[str, Any], _came: list[Post]) -> list[Written]:
    slots = ["contract"] if stated.pop("contract", None) else []
    return [("sampling.pass_precheck", stated, {}, slots)]


def _not_sampled(_matter: Any, stated: dict[str, Any], _came: list[Post]) -> list[Written]:
    reasons = {f"{one}_reason": "已核实" for one in stated.pop("verified", None) or ()}
    return [("sampling.record_not_sampled", stated | reasons, {}, [])]


def _obstruction(_matter: Any, stated: dict[str, Any], _came: list[Post]) -> list[Written]:
    return [("sampling.record_obstruction", stated, {}, ["place"] if stated.pop("media", None) else [])]


def _left(matter: Any, stated: dict[str, Any], _came: list[Post]) -> list[Written]:
    slots = ["signed_sheet"] if stated.pop("undertaking", None) else []
    return [("sample.leave_with_enterprise", {"unit": matter.label}, {}, slots)]


_WRITERS = {
    "sampling.present_notice": _notice,
    "sampling.pass_precheck": _precheck,
    "sampling.complete_sampling": _sheet,
    "sampling.record_not_sampled": _not_sampled,
    "sampling.record_obstruction": _obstruction,
    "sample.leave_with_enterprise": _left,
}


def _refusal(name: str, reasons: list[dict[str, Any]]) -> Exception:
    """Why the act of the log was parked, as ``perform`` would have refused it."""
    if any(one["guard"] in {"bad-facts", "bad-particulars", "clock"} for one in reasons):
        return BadFacts(name, {"log": [one["says"]["zh"] for one in reasons]})
    told = [
        Reason(
            one["guard"],
            tuple(each["article"] for each in one["articles"]),
            Words(one["says"]["zh"], one["says"]["en"]),
        )
        for one in reasons
    ]
    return ActNotPermitted(name, told)


def _played(path: Any) -> tuple[list[Any], list[Any]]:
    """The differences of a file, and the entries that it makes; nothing is left."""
    with transaction.atomic():
        before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        differences = list(player.play(read(path)))
        rows = Entry.objects.filter(pk__gt=before).select_related("dossier").order_by("dossier", "sequence")
        entries = [
            (
                row.dossier.number,
                row.act,
                row.label,
                row.from_state,
                row.to_state,
                row.effective_on,
                sorted(row.flags),
                row.articles,
                _facts(row) if row.act in field_acts.DONE else {},
            )
            for row in rows
        ]
        transaction.set_rollback(True)
    return differences, entries


def _facts(row: Entry) -> dict[str, Any]:
    """What the entry of an act says; of the others some name rows, which have other keys the second time."""
    left_out = WITHOUT.get(row.act, set())
    return {name: _plain(value) for name, value in row.facts.items() if name not in left_out and value is not None}


def _plain(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


@pytest.mark.slow
@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_a_file_comes_out_the_same_through_a_tablet(db: Any, path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    directly = _played(path)
    through = Through()
    monkeypatch.setattr(player, "perform", through)
    monkeypatch.setattr(stages, "perform", through, raising=False)
    by_the_log = _played(path)
    assert by_the_log[0] == directly[0] == []
    assert by_the_log[1] == directly[1]
