"""What the form of an act says beforehand: what will follow, and what the record warns of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spotcheck.casework.wording import cited, dated, headed, listed, say
from spotcheck.docket import clock, register
from spotcheck.docket.flow import ActSpec
from spotcheck.objections import retests
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, is_city
from spotcheck.remediation.requirements import SECOND, earliest_second_recheck
from spotcheck.remediation.states import BanState, RectificationState
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.sd_2021_1.guards import GUARDS
from spotcheck.rules.sd_2021_1.national_measures import SHADOWS
from spotcheck.rules.words import Words
from spotcheck.sampling.requirements import known_to_register


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know before the act."""

    text: str
    is_warning: bool = False


def notes(spec: ActSpec, matter: Any, actor: Actor) -> list[Note]:
    """What there is to know before this act in this matter."""
    advise = _ADVICE.get(spec.name)
    own = list(advise(matter, actor)) if advise is not None else []
    return own + [Note(headed(shadow.says)) for shadow in SHADOWS.values() if spec.name in shadow.acts]


def _checked_recently(matter: Any, _actor: Actor) -> Iterator[Note]:
    """The register itself proves the ground of Article 19(4) (reading R40)."""
    if known_to_register(matter.dossier, matter.presented_on or matter.claimed_on or clock.today()):
        yield _warning("SIX_MONTHS_KNOWN")


def _ground_on_record(matter: Any, actor: Actor) -> Iterator[Note]:
    if matter.ground == "19(4)":
        yield from _checked_recently(matter, actor)


def _others_disputed(matter: Any, _actor: Actor) -> Iterator[Note]:
    """There is one reserve unit: what Form 9 leaves out has none left (reading R32)."""
    beside = retests.disputed_beside(matter.dossier, matter.label) - set(matter.to_be_retested())
    if beside:
        yield Note(
            _("另一项未决异议争议的项目：%(items)s。备用样品只有一份，没有列入本次委托书的，复检后不再有样品可检。")
            % {"items": listed(sorted(beside))},
            is_warning=True,
        )


def _what_the_cities_found(matter: Any, _actor: Actor) -> Iterator[Note]:
    """A denial is decided as the cities found; where they differ, with reasons (Article 37, reading R56)."""
    if not matter.is_denial:
        return
    if matter.cities_differ:
        yield Note(_("两地市局的核查结论不一，由省局说明理由，采信其中一地。"), is_warning=True)
        return
    fits = {"maintain": matter.produced is True, "uphold_denial": matter.produced is False}
    if not fits[matter.proposal.spec.method]:
        guard = GUARDS["findings_decide"]
        yield Note(_with_articles(guard.says, guard.articles), is_warning=True)


def _how_early(matter: Any, _actor: Actor) -> Iterator[Note]:
    """From which day the second recheck can be held without the party's own request (reading R41)."""
    if matter.failures == SECOND - 1 and matter.announced_on is not None:
        day = earliest_second_recheck(matter.dossier, matter.announced_on)
        yield Note(
            _("再次复查最早从 %(day)s 开始；更早的，须有企业的书面请求。") % {"day": dated(day)},
            is_warning=clock.today() < day,
        )


def _what_a_transfer_brings(matter: Any, actor: Actor) -> Iterator[Note]:
    """What becomes of order, clocks and ban, by where the case goes (Articles 32, 42, readings R35 to R37)."""
    is_province = actor.office is not None and actor.office.kind == Office.Kind.PROVINCE
    if not is_province:
        yield Note(_in_shandong(matter))
        if is_city(matter.bureau.code) and not matter.was_received:
            yield Note(_("交本市的县（市、区）局办理：不是迁址，案件保持现在的状态，各期限按原起算日由县局接续。"))
    has_ban = register.state(matter.dossier, "ban", matter.party.label) == BanState.ACTIVE
    yield Note(
        _("移往外省：由省局去函移交，本省案件到此办结，各期限终止；禁令随案移交，并不解除。")
        if has_ban
        else _("移往外省：由省局去函移交，本省案件到此办结，各期限终止。")
    )


def _in_shandong(matter: Any) -> str:
    state = say(CHARTS["rectification"].states[matter.state])
    if matter.was_received:
        return _(
            "移往省内其他市、县（市、区）：由当地部门接续办理，案件保持“%(state)s”的状态，"
            "次数、公告和各期限的起算日不变，禁令不变。"
        ) % {"state": state}
    if matter.state == RectificationState.ORDER_ISSUED:
        return _(
            "移往省内其他市、县（市、区）：已下达的责令改正通知书尚未送达，由新的通知书代替；"
            "当地部门登记收到检验报告后，自己下达并送达。"
        )
    return _("移往省内其他市、县（市、区）：当地部门登记收到检验报告，下达期限由此重新起算。")


def _warning(flag: str) -> Note:
    found = FLAGS[flag]
    return Note(_with_articles(found.meaning, found.articles), is_warning=True)


def _with_articles(words: Words, articles: tuple[int, ...]) -> str:
    return _("%(says)s（%(articles)s）") % {"says": headed(words), "articles": cited(articles)}


_ADVICE: Final[dict[str, Callable[[Any, Actor], Iterable[Note]]]] = {
    "sampling.present_notice": _checked_recently,
    "sampling.accept_refusal": _ground_on_record,
    "sampling.reject_refusal": _ground_on_record,
    "objection.maintain": _what_the_cities_found,
    "objection.uphold_denial": _what_the_cities_found,
    "retest.commission": _others_disputed,
    "rectification.start_recheck": _how_early,
    "rectification.transfer_jurisdiction": _what_a_transfer_brings,
}
