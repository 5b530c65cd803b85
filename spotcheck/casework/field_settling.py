"""Parked acts of logs: who sees them, what is decided about them, and what follows (Articles 12 to 22).

What was signed at a firm is a fact even where the rules refuse to record it as it came. Somebody of the province, or
who coordinates the body that sampled, has it done again once the reason is gone, fixes the day where the clock is in
doubt, joins it to what the desk has recorded of the same, or keeps it as material only. Then the rest of the log is
done by itself, in its order.
"""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import replaying
from spotcheck.docket import calendars, clock, entries, sessions
from spotcheck.docket.evidence import attach
from spotcheck.docket.facts import is_written
from spotcheck.docket.flow import act_named
from spotcheck.docket.models import Dossier, Entry, Message
from spotcheck.docket.sessions import hold, session
from spotcheck.docket.wording import say
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import PROVINCE_CODE, Office, Post
from spotcheck.rules.acts import OWN_ACTS, fact_words
from spotcheck.rules.characters import complaint
from spotcheck.rules.refused import Refused
from spotcheck.sampling import field_facts
from spotcheck.sampling.field_tables import FieldAct, FieldBatch, FieldDecision

ALARM: Final = "field_parked"
BEHIND: Final = "behind"
Kind = FieldDecision.Kind
JOIN: Final = OWN_ACTS["docket.join_record"].name


class NotSettled(Refused):
    """A decision about a parked act is not taken."""

    kind = "not-settled"
    status = 409


def seen_by(actor: Actor) -> "QuerySet[FieldAct]":
    """The acts of logs that somebody sees: those of dossiers in sight, for the province also those of no dossier."""
    rows = FieldAct.objects.select_related("dossier", "batch__post__user", "batch__post__office", "entry")
    if actor.office is None or actor.administers:
        return rows.none()
    mine = Q(batch__post__office=actor.office)
    if actor.office.is_bureau:
        seen = Q(dossier__in=Dossier.objects.visible_to(actor).values("pk"))
        is_province = actor.office.kind == Office.Kind.PROVINCE
        return rows.filter(seen | mine | Q(dossier=None)) if is_province else rows.filter(seen | mine)
    return rows.filter(mine)


def parked_for(actor: Actor) -> list[FieldAct]:
    """The acts that somebody has to look at, the oldest first; those that only wait behind another are not listed."""
    rows = seen_by(actor).filter(outcome=FieldAct.Outcome.PARKED).order_by("batch__received_at", "seq")
    return [act for act in rows[:500] if not is_behind(act)]


def is_behind(act: FieldAct) -> bool:
    """Whether it waits for another one and for nothing else."""
    return [reason["guard"] for reason in act.reasons] == [BEHIND]


def may_settle(post: Post, act: FieldAct) -> bool:
    """Whether somebody decides about a parked act: an officer of the province, or who coordinates the body."""
    if post.office is None:
        return False
    if post.office.kind == Office.Kind.PROVINCE and post.role == Post.Role.OFFICER:
        return True
    return post.office_id == act.batch.post.office_id and "coordinates" in post.entitlements


def can_be_done(act: FieldAct) -> bool:
    """Whether it can be carried out at all: it belongs to a visit of whoever has sent it."""
    return act.dossier is not None and not act.batch.foreign


def settle(act: FieldAct, kind: str, *, by: Post, reason: str, on: date | None = None) -> FieldAct:
    """Decide about a parked act, with the reason; what waits behind it follows. Raises :class:`NotSettled`."""
    with session():
        held = FieldAct.objects.select_for_update(of=("self",)).select_related("batch__post", "dossier").get(pk=act.pk)
        if wrong := _complaints(held, kind, by, reason, on):
            raise NotSettled(wrong)
        FieldDecision.objects.create(
            act=held, kind=kind, on=on, reason=reason.strip()[:500], by=by.user, post=by, at=sessions.now()
        )
        if kind == Kind.ATTACH:
            _join(held, by, reason)
        else:
            outcome = FieldAct.Outcome.FILED if kind == Kind.FILE else FieldAct.Outcome.WAITING
            FieldAct.objects.filter(pk=held.pk).update(outcome=outcome)
        later = FieldAct.objects.filter(log=held.log, visit=held.visit, seq__gt=held.seq)
        waiting = [one.pk for one in later.filter(outcome=FieldAct.Outcome.PARKED) if is_behind(one)]
        FieldAct.objects.filter(pk__in=waiting).update(outcome=FieldAct.Outcome.WAITING)
    replaying.replay(FieldBatch.objects.select_related("post__office").get(pk=held.batch_id))
    held.refresh_from_db()
    return held


def _complaints(act: FieldAct, kind: str, by: Post, reason: str, on: date | None) -> dict[str, Any]:
    """What stands against a decision, by the names of the inputs."""
    odd = complaint(reason)
    joining = _unjoinable(act) if kind == Kind.ATTACH else ""
    checks = (
        ("", not may_settle(by, act), _("由省局或者统筹该机构案件的人员处理。")),
        ("", act.outcome != FieldAct.Outcome.PARKED, _("这一条已经处理。")),
        ("", is_behind(act), _("先处理前一条；随后自动办理。")),
        ("kind", kind not in Kind.values, _("请选择如何处理。")),
        (
            "kind",
            kind in {Kind.AGAIN, Kind.DAY} and not can_be_done(act),
            _("这次抽样不属于上传人，只能作为材料保全。"),
        ),
        ("kind", joining != "", joining),
        ("reason", not is_written(reason), _("请写明理由。")),
        ("reason", odd is not None, odd.zh if odd is not None else ""),
        ("on", kind == Kind.DAY and not _is_possible(act, on), _("日期须在领取任务包之日和收到之日之间。")),
    )
    wrong = next(((name, says) for name, is_so, says in checks if is_so), None)
    return {wrong[0]: [wrong[1]]} if wrong is not None else {}


def recorded_of(act: FieldAct) -> Entry | None:
    """What the desk has recorded of the same matter: the newest entry of this act that no other act of a tablet is."""
    spec = act_named(act.act)
    if act.dossier is None or spec is None:
        return None
    rows = Entry.objects.filter(dossier=act.dossier, act=act.act, field_acts=None)
    unit = act.body["facts"].get(field_facts.UNIT) or ""
    return rows.filter(label=unit if act.act.startswith("sample.") else "").order_by("-sequence").first()


def differences(act: FieldAct, entry: Entry) -> list[str]:
    """By what the tablet's record differs from an entry: the day, and facts that both state; their names."""
    stated = {name: value for name, value in act.body["facts"].items() if name not in field_facts.OF_THE_LOG}
    other = [name for name, value in stated.items() if name in entry.facts and not _is_same(value, entry.facts[name])]
    return ([] if act.on == entry.effective_on else ["on"]) + sorted(other)


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def _join(act: FieldAct, by: Post, reason: str) -> None:
    """The act is what the desk has recorded; its files come into the dossier with an entry that says so."""
    recorded, spec = recorded_of(act), act_named(act.act)
    assert recorded is not None
    assert spec is not None
    assert act.dossier is not None
    dossier = hold(act.dossier.pk)
    rows = FieldAct.objects.filter(log=act.log, visit=act.visit, seq__lt=act.seq).order_by("seq")
    before = list(rows.values_list("body", flat=True))
    files = field_facts.attached(field_facts.read(dossier, act.body, before, act.batch.posts), spec)
    joined = entries.append(
        dossier,
        act=JOIN,
        by=of_post(by),
        on=sessions.today(),
        chart=recorded.chart,
        label=recorded.label,
        party=recorded.party,
        facts={"entry": recorded.sequence, "act": recorded.act, "reason": reason.strip()},
        articles=spec.articles,
        evidence=[one.stored.pk for one in files],
    )
    attach([joined], [files], by=act.batch.post.user)
    FieldAct.objects.filter(pk=act.pk).update(outcome=FieldAct.Outcome.DONE, entry=recorded, reasons=[])


def _unjoinable(act: FieldAct) -> str:
    """Why an act cannot be joined to what the desk has; empty where it can."""
    entry = recorded_of(act) if can_be_done(act) else None
    if entry is None:
        return _("桌面端没有登记过同一事项，不能并入。")
    if other := differences(act, entry):
        words = {name: fact_words(act.act, name) for name in other}
        named = [_("日期") if name == "on" else say(found.label) if found else name for name, found in words.items()]
        return _("与第 %(number)s 号登记不一致：%(what)s。请核实；不能并入的，作为材料存入案卷。") % {
            "number": entry.sequence,
            "what": "、".join(named),
        }
    return ""


def _is_possible(act: FieldAct, on: date | None) -> bool:
    """Whether a day lies between that on which the tablet got its package and that on which the log came."""
    batch = act.batch
    return on is not None and clock.today_of(batch.issued_at) <= on <= clock.today_of(batch.received_at)


def alarm(now: datetime) -> int:
    """Tell the province and the body, once a day, of what has been parked for more than a working day."""
    today = clock.today_of(now)
    calendar = calendars.current()
    rows = FieldAct.objects.filter(outcome=FieldAct.Outcome.PARKED).select_related("batch__post__office")
    late = [act for act in rows if calendar.working_day_after(clock.today_of(act.batch.received_at), 1) < today]
    offices = {act.batch.post.office for act in late} - {None}
    if late:
        offices.add(Office.objects.get(code=PROVINCE_CODE))
    told = [Message(kind=ALARM, day=today, office=office, created_at=now) for office in offices]
    Message.objects.bulk_create(told, ignore_conflicts=True)
    return len(late)
