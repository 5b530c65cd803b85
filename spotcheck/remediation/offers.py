"""What the forms of chapter six say, fill in and offer beforehand."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from spotcheck.docket import clock, register
from spotcheck.docket.offers import Note, Offer, advises, fills_in, offers
from spotcheck.docket.wording import dated, say
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office
from spotcheck.parties.regions import city_of, is_city
from spotcheck.remediation.requirements import SECOND, earliest_second_recheck
from spotcheck.remediation.states import BanState, RectificationState
from spotcheck.rules.charts import CHARTS


@advises("rectification.start_recheck")
def how_early(matter: Any, _actor: Actor) -> Iterator[Note]:
    """From which day the second recheck can be held without the party's own request (reading R41)."""
    if matter.failures == SECOND - 1 and matter.announced_on is not None:
        day = earliest_second_recheck(matter.dossier, matter.announced_on)
        yield Note(
            _("再次复查最早从 %(day)s 开始；更早的，须有企业的书面请求。") % {"day": dated(day)},
            is_warning=clock.today() < day,
        )


@advises("rectification.transfer_jurisdiction")
def what_a_transfer_brings(matter: Any, actor: Actor) -> Iterator[Note]:
    """What becomes of order, clocks and ban, by where the case goes (Articles 32, 42, readings R35 to R37)."""
    if not _is_province(actor):
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
    state = say(CHARTS[matter.chart].states[matter.state])
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


@fills_in("rectification.transfer_jurisdiction")
def inside_or_outside(_matter: Any, actor: Actor) -> dict[str, Any]:
    """Only the province hands a case on outside Shandong."""
    return {"to": "outside" if _is_province(actor) else "inside"}


@offers("rectification.transfer_jurisdiction", "to")
def where_to(matter: Any, actor: Actor) -> Offer:
    """The bureaus that can take the case over from the one that has it (Article 42, reading R35)."""
    here = matter.bureau.code
    return Offer("places", places=lambda code: not _is_province(actor) and _may_pass(here, code, matter))


def _may_pass(here: str, code: str, matter: Any) -> bool:
    is_own_county = is_city(here) and city_of(code) == here
    return code not in {here, city_of(here)} and not (is_own_county and matter.was_received)


def _is_province(actor: Actor) -> bool:
    return actor.office is not None and actor.office.kind == Office.Kind.PROVINCE
