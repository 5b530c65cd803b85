"""Replaying the acts of a log: each through ``doing.do`` in a transaction that also says what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from spotcheck.casework import field_clock
from spotcheck.casework.doing import do
from spotcheck.docket.flow import MATTERS, ActSpec, Flow, act_named
from spotcheck.docket.models import Dossier
from spotcheck.docket.problems import ActNotPermitted, Reason
from spotcheck.docket.sessions import hold, session
from spotcheck.parties.actors import of_post
from spotcheck.rules.citations import of_text
from spotcheck.rules.field_log import NOTED
from spotcheck.rules.refused import Refused
from spotcheck.rules.regulations import of_act
from spotcheck.rules.words import Words
from spotcheck.sampling import field_acts, field_facts
from spotcheck.sampling.field_tables import FieldAct, FieldBatch, FieldDecision
from spotcheck.sampling.requirements import known_to_register

BAR: Final = "BAR_AFTER_SAMPLING"
"""The same product was sampled within six months, as is known here by now; the ground is the firm's (Article 19(4))."""
BEHIND: Final = Words("前一条现场记录尚待处理", "An act before it in the log is parked")
_BEHIND_CURE: Final = Words("先处理前一条；随后自动办理。", "Settle that one first; this one follows by itself.")
NOT_YOURS: Final = Words("这次抽样没有指派给上传人", "The visit is not that of whoever has sent it")
_NOT_YOURS_CURE: Final = Words("由机构核对是谁做的。", "The body looks into who did it.")
_OF_THE_DAY: Final = (13, 17)
"""The articles of the day of a visit: it is the signed one."""


def is_known(name: str) -> bool:
    """Whether a tablet writes this into a log."""
    return name in NOTED or name in field_acts.DONE


def replay(batch: FieldBatch) -> None:
    """Do what waits in the log of a batch, in its order, up to the end of the batch."""
    if batch.foreign:
        _park_foreign(batch)
        return
    rows = FieldAct.objects.filter(log=batch.log, visit=batch.visit, outcome=FieldAct.Outcome.WAITING)
    for key in list(rows.order_by("seq").values_list("pk", flat=True)):
        _replay_one(key)


def _replay_one(key: Any) -> None:
    """Do one act, unless somebody has; what refuses it is kept with it."""
    try:
        with session():
            act = FieldAct.objects.select_related("batch__post__office", "batch__post__user", "dossier").get(pk=key)
            assert act.dossier is not None
            dossier = hold(act.dossier.pk, with_parent=True)
            act.refresh_from_db(fields=["outcome", "entry"])
            if act.outcome != FieldAct.Outcome.WAITING:
                return
            _do(act, dossier)
    except Refused as refused:
        doubted = isinstance(refused, _Parked) and refused.doubted
        told = reasons_of(refused, FieldAct.objects.get(pk=key).act)
        _park(key, told, [field_clock.DOUBT] if doubted else [])


def _fixed(act: FieldAct) -> date | None:
    """The day that somebody has fixed for an act whose clock was in doubt."""
    fixed = act.decisions.filter(kind=FieldDecision.Kind.DAY).order_by("-at").first()
    return fixed.on if fixed is not None else None


def _do(act: FieldAct, dossier: Dossier) -> None:
    """Everything or nothing: the act with all that follows, and that it was done."""
    batch = act.batch
    log = FieldAct.objects.filter(log=act.log, visit=act.visit, seq__lt=act.seq).order_by("seq")
    before = list(log)
    if any(one.outcome == FieldAct.Outcome.PARKED for one in before):
        raise _Parked([_reason("behind", BEHIND, _BEHIND_CURE, who="sampling_body")])
    spec = act_named(act.act)
    assert spec is not None, act.act
    last = before[-1].body if before else None
    on = _fixed(act)
    if on is None:
        doubts = field_clock.doubts(
            act.body, last, issued=batch.issued_at, received=batch.received_at, offset=batch.offset
        )
        if doubts:
            told = [_reason("clock", says, field_clock.CURE, who="sampling_body") for says in doubts]
            raise _Parked(told, doubted=True)
    day = on or act.on
    reading = field_facts.read(dossier, act.body, [one.body for one in before], batch.posts)
    matter = _matter(dossier, spec, act.body["facts"].get(field_facts.UNIT) or "")
    done = do(
        of_post(batch.post),
        matter,
        spec.method,
        on=day,
        happened_at=field_clock.hour_of(act.body, day, offset=batch.offset, received=batch.received_at),
        facts=field_facts.facts_of(reading, spec),
        post=batch.post,
        particulars=field_facts.particulars_of(act.body),
        evidence=field_facts.attached(reading, spec),
    )
    if isinstance(done, Refused):
        raise done
    marks = [BAR] if act.act == field_acts.TAKES_THE_SAMPLE and known_to_register(dossier, day) else []
    FieldAct.objects.filter(pk=act.pk).update(outcome=FieldAct.Outcome.DONE, entry=done.entry, reasons=[], marks=marks)


class _Parked(Refused):
    """An act is parked for another reason than what ``do`` says."""

    def __init__(self, told: list[dict[str, Any]], *, doubted: bool = False) -> None:
        self.told, self.doubted = told, doubted
        super().__init__()


def _park(key: Any, told: list[dict[str, Any]], marks: Iterable[str]) -> None:
    rows = FieldAct.objects.filter(pk=key, outcome=FieldAct.Outcome.WAITING)
    rows.update(outcome=FieldAct.Outcome.PARKED, reasons=told, marks=list(marks))


def _park_foreign(batch: FieldBatch) -> None:
    told = [_reason("not_your_visit", NOT_YOURS, _NOT_YOURS_CURE, who="sampling_body")]
    for key in batch.acts.filter(outcome=FieldAct.Outcome.WAITING).values_list("pk", flat=True):
        _park(key, told, ())


def reasons_of(refused: Refused, name: str) -> list[dict[str, Any]]:
    """Why an act is parked: guard, articles, words and cure in both languages, and who decides."""
    if isinstance(refused, _Parked):
        return refused.told
    if isinstance(refused, ActNotPermitted):
        return [_of_reason(refused, one) for one in refused.reasons]
    guard = "by_whom" if refused.kind in {"other-post", "person-not-entitled"} else refused.kind
    says = [f"{name}：{_flat(told)}" if name else _flat(told) for name, told in refused.errors.items()]
    text = "；".join(says) or refused.text("zh-hans")
    return [_reason(guard, Words(text, text), None, who="sampling_body", act=name)]


def _of_reason(refused: ActNotPermitted, one: Reason) -> dict[str, Any]:
    articles = [each.as_record() for each in of_text(refused.regulation, one.articles)]
    return {
        "guard": one.guard,
        "articles": articles,
        "says": _both(one.says),
        "cure": _both(one.cure),
        "who": "province",
    }


def _reason(
    guard: str, says: Words, cure: Words | None, *, who: str, act: str = field_acts.OF_A_VISIT
) -> dict[str, Any]:
    articles = [one.as_record() for one in of_text(of_act(act).id, _OF_THE_DAY)] if guard == "clock" else []
    return {"guard": guard, "articles": articles, "says": _both(says), "cure": _both(cure), "who": who}


def _both(words: Words | None) -> dict[str, str] | None:
    return {"zh": words.zh, "en": words.en} if words is not None else None


def _flat(told: Any) -> str:
    if isinstance(told, dict):
        return "；".join(_flat(one) for one in told.values())
    if isinstance(told, list | tuple):
        return "；".join(_flat(one) for one in told)
    return str(told)


def _matter(dossier: Dossier, spec: ActSpec, label: str) -> Flow:
    """The matter of an act; one that is not there yet refuses it by its state."""
    chart = spec.name.partition(".")[0]
    label = label if chart == "sample" else ""
    rows = MATTERS[chart].objects.filter(dossier=dossier, label=label).select_related("party__enterprise")
    matter: Flow = rows.first() or MATTERS[chart](dossier=dossier, label=label)
    matter.dossier = dossier
    return matter
