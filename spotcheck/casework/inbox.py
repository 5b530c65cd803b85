"""What has arrived: the messages to an office or an enterprise, read marks, the alarms on top until read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.casework import field_settling
from spotcheck.casework.duties import decides
from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock, law, taking
from spotcheck.docket.alarms import CREDENTIAL_EXPIRING
from spotcheck.docket.models import Dossier, Message
from spotcheck.docket.wording import headed, say
from spotcheck.inspection.operations import NOT_COVERED, VERDICT_DIFFERS
from spotcheck.parties.actors import Actor
from spotcheck.registers import qualifications
from spotcheck.remediation import alarms as alarms_of
from spotcheck.rules.acts import ACTS, OWN_ACTS, words_of
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.reports import REPORTS
from spotcheck.sampling import custody_links

OPERATIONS: Final = {
    "period_parked": gettext_lazy("期限处理多次失败，已搁置，请通知系统管理员"),
    "invariant_broken": gettext_lazy("夜间数据核对发现异常，请通知系统管理员"),
    "figures_differ": gettext_lazy("夜间核对发现统计数与案卷不一致，已按案卷更正，请通知系统管理员"),
    "delivery_parked": gettext_lazy("有邮件多次发送失败，已搁置，请通知系统管理员"),
}
"""What only those who keep the system running can mend: on top as well."""
TO_SEE_TO: Final = {
    alarms_of.REVOCATION: gettext_lazy("吊销营业执照失去依据，请商登记机关撤回吊销决定"),
    alarms_of.CLOSURE: gettext_lazy("责令停业、限期整顿失去依据，请商决定机关终止停业整顿"),
    alarms_of.SAMPLE_AGAIN: gettext_lazy("检验结论已撤销，抽样作废，须适时组织重新抽样"),
    custody_links.FAULT: gettext_lazy("样品流转记录出现缺口，请查明后认可或者要求补登"),
    field_settling.ALARM: gettext_lazy("有现场记录超过一个工作日没有处理，请在“待处理现场记录”里处理"),
    NOT_COVERED: gettext_lazy("检验机构出具报告时资质不符，请查明"),
    qualifications.ENDING: gettext_lazy("检验机构的资质证书将在九十天内到期，请及时登记新的证书"),
    CREDENTIAL_EXPIRING: gettext_lazy("检验机构的程序凭据三十天内到期，请及时更换，以免中断往来"),
    taking.OVERDUE: gettext_lazy("移入的旧案中有期限在移入时已经届满，请在“旧案”和“已逾期”里逐件处理"),
    alarms_of.MOVED_HERE: gettext_lazy("案件已移交本局，请登记收到检验报告或者接续办理"),
}
"""What no act of the desk is waiting for, and what has just come here (Articles 38, 42, 51)."""
ALARMS: Final = (
    *(act.name for act in (*ACTS.values(), *OWN_ACTS.values()) if act.alarms),
    "calendar_missing",
    VERDICT_DIFFERS,
    *TO_SEE_TO,
    *OPERATIONS,
)
"""Dangers (Article 30), suspected violations (Articles 14, 21, 28, 50) and the like: on top until read."""
MOST_UNREAD: Final = 99
RECENT: Final = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as a screen shows it."""

    message: Message
    dossier: Dossier | None
    text: str
    party: str
    is_alarm: bool

    @property
    def is_read(self) -> bool:
        """Whether somebody of the office has read it."""
        return self.message.read_at is not None


def messages_of(actor: Actor) -> QuerySet[Message]:
    """All messages to this actor."""
    if actor.enterprise is not None:
        return Message.objects.filter(party__enterprise=actor.enterprise)
    if actor.office is None or actor.administers:
        return Message.objects.none()
    found = Message.objects.filter(office=actor.office)
    is_helper = actor.office.is_bureau and not decides(actor)  # samples for its bureau, and reads no alarm away
    return found.exclude(kind__in=ALARMS) if is_helper else found


def alarms(actor: Actor) -> list[Letter]:
    """Alarms that nobody of the office has read yet."""
    if actor.enterprise is not None:
        return []
    unread = messages_of(actor).filter(read_at__isnull=True, kind__in=ALARMS)
    return list(letters(unread.order_by("-created_at", "-pk")[:RECENT], actor))


def recent(actor: Actor, *, today: date) -> list[Letter]:
    """What has arrived since the beginning of yesterday; no alarms."""
    fresh = messages_of(actor).filter(created_at__gte=_yesterday(today)).exclude(kind__in=ALARMS)
    return list(letters(fresh.order_by("-created_at", "-pk")[:RECENT], actor))


def older_unread(actor: Actor, *, today: date) -> str:
    """How many messages from before yesterday nobody has read yet; empty when none."""
    old = messages_of(actor).filter(read_at__isnull=True, created_at__lt=_yesterday(today))
    return _capped(old.exclude(kind__in=ALARMS))


def _yesterday(today: date) -> datetime:
    return datetime.combine(date.fromordinal(today.toordinal() - 1), time(), clock.SHANDONG)


def letters(messages: "QuerySet[Message] | Iterable[Message]", actor: Actor) -> Iterable[Letter]:
    """Messages as a screen shows them."""
    if isinstance(messages, QuerySet):
        messages = messages.select_related(
            "dossier__sample_file", "entry__party__enterprise", "deadline__party__enterprise"
        )
    sight = Sight(actor)
    for message in messages:
        source = message.entry or message.deadline
        yield Letter(
            message=message,
            dossier=message.dossier,
            text=_text(message),
            party=sight.party(source.party) if source is not None else "",
            is_alarm=message.kind in ALARMS,
        )


def unread(actor: Actor) -> str:
    """How many messages are unread, in few characters; empty when none."""
    return _capped(messages_of(actor).filter(read_at__isnull=True))


def _capped(messages: QuerySet[Message]) -> str:
    number = messages.order_by()[: MOST_UNREAD + 1].count()
    if number > MOST_UNREAD:
        return f"{MOST_UNREAD}+"
    return str(number) if number else ""


def mark_read(messages: QuerySet[Message]) -> int:
    """Note that these messages have been read; the first reading counts."""
    return messages.filter(read_at__isnull=True).update(read_at=clock.now())


def _text(message: Message) -> str:
    """What a message says."""
    if message.kind in ACTS or message.kind in OWN_ACTS:
        return headed(words_of(message.kind).done)
    if message.kind in REPORTS:
        return headed(REPORTS[message.kind])
    if message.deadline is not None and message.kind not in OPERATIONS:
        name = say(law.period_of(message.deadline).name)
        if message.kind == "duty_overdue":
            return _("逾期未履行：%(what)s") % {"what": name}
        return _("期满：%(what)s") % {"what": name}
    if message.kind == "effectiveness_review":
        return headed(FLAGS["EFFECTIVENESS_REVIEW"].label)
    return str(OPERATIONS.get(message.kind) or TO_SEE_TO.get(message.kind) or _("通知"))
