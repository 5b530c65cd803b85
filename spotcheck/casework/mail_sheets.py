"""What the mail service says of letters, from its sheet: the import kind ``mail_receipts``.

A line is found by the number of the mail; who got it, and when, is recorded as any receipt is, so that its periods
begin with it (Articles 35, 39, 44). Its proof is a page with what the line says, which names the sheet by its hash. The
sheet of a mail service lists other mail too: lines that none of the office's papers belongs to are left aside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from spotcheck.casework import mailing
from spotcheck.casework.doing import attempt
from spotcheck.docket import sessions
from spotcheck.docket.trial_run import Foreseen
from spotcheck.docket.wording import say
from spotcheck.notices import service
from spotcheck.notices.binding import register_page
from spotcheck.notices.models import Service
from spotcheck.notices.proofs import Proof
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Post
from spotcheck.registers.doer import Doer
from spotcheck.registers.imports.columns import Column
from spotcheck.registers.imports.kinds import ASIDE, NEW, SAME, WRONG, Checked, Kind, Taken, imports
from spotcheck.registers.imports.lines import Line, lines_of
from spotcheck.registers.imports.reading import Table
from spotcheck.registers.models import Import
from spotcheck.rules import folding
from spotcheck.rules.days import day_of
from spotcheck.rules.refused import Refused
from spotcheck.rules.words import Words

KIND: Final = "mail_receipts"
COLUMNS: Final = (
    Column(
        "number",
        Words("邮件号码", "Number of the mail"),
        ("邮件号", "运单号", "运单号码", "快递单号", "物流单号", "详情单号", "邮件编号"),
        needed=True,
        code=True,
    ),
    Column(
        "state",
        Words("投递状态", "State of delivery"),
        ("状态", "邮件状态", "最新状态", "投递结果", "妥投状态"),
        needed=True,
        help=Words("如 妥投、签收、退回；其他的不登记", "such as 妥投, 签收, 退回; others are left aside"),
    ),
    Column(
        "day",
        Words("投递日期", "Day of delivery"),
        ("妥投日期", "妥投时间", "签收日期", "签收时间", "投递时间", "退回日期", "退回时间", "最新时间"),
        help=Words("写成 2026-03-05，后面可以有时间", "as 2026-03-05; a time may follow"),
    ),
    Column("by", Words("签收人", "Received by"), ("收件人签收", "签收人姓名", "代收人")),
    Column("reason", Words("退回原因", "Why it came back"), ("未妥投原因", "原因", "备注")),
)
SHORT: Final = 40
"""Lines that a page looks at by itself: each receipt is really tried, with the period that it starts."""
_RETURNED: Final = ("退回", "拒收", "退件", "未妥投", "投递失败", "无法投递")
_DELIVERED: Final = ("妥投", "签收", "投递成功", "已投递")
_DAY: Final = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?\s*")

_LOOSE: Final = Words("与本单位寄出的文书无关", "no paper of this office")
_ON_ITS_WAY: Final = Words("还在途中", "still on its way")
_KNOWN: Final = Words("已经登记", "recorded already")
_ANOTHER_DAY: Final = Words(
    "已按另一日期登记；请在文书的送达页更正", "recorded with another day: correct it on the page of the service"
)
_NO_DAY: Final = Words("没有写投递日期", "the day is missing")
_NO_REASON: Final = Words("没有写退回原因", "the reason is missing")
_RECEIVED: Final = Words("收到", "received")
_CAME_BACK: Final = Words("退回", "came back")
_UNTIL: Final = Words("期限至", "period until")
_NOT_LONGER: Final = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What a good line says of one service: delivered or come back, when, and to whom or why."""

    service: Service
    came_back: bool
    on: date
    by: str
    reason: str
    number: int


def may_import(by: Doer) -> bool:
    """A bureau that serves papers; whoever runs a command is in no post and serves none."""
    post = by.post
    return post is not None and post.role == Post.Role.OFFICER and post.office is not None and post.office.is_bureau


def check(table: Table, by: Doer) -> Checked:
    """What a sheet comes to; ``what`` are the receipts and returns that nobody has recorded yet."""
    assert by.post is not None
    actor, checked = of_post(by.post), Checked(what=[])
    lines, seen = list(lines_of(table, COLUMNS)), dict[object, int]()
    known = mailing.mailed(actor, {folding.code(line["number"]) for line in lines})
    for line in lines:
        line.look_at_texts({"number": 60, "state": 60, "day": 60, "by": _NOT_LONGER, "reason": 200})
        number = folding.code(line["number"])
        services = known.get(number, [])
        if services:
            line.stand_once("number", seen, number)
        state, text, told = _judged(line, services, actor)
        checked.findings += line.found
        checked.lines.append((line.number, WRONG if not line.is_good else state, f"{line['number']} {text}".strip()))
        if line.is_good:
            checked.what += told
    return checked


def _judged(line: Line, services: Sequence[Service], actor: Actor) -> tuple[str, str, list[Told]]:
    """State of a line, what is said of it, and what there is to record."""
    returned = any(word in line["state"] for word in _RETURNED)
    delivered = not returned and any(word in line["state"] for word in _DELIVERED)
    if not services:
        return ASIDE, say(_LOOSE), []
    if not (returned or delivered):
        return ASIDE, say(_ON_ITS_WAY), []
    on = _day(line)
    if on is None:
        return WRONG, "", []
    if returned and not line["reason"]:
        line.complain("reason", _NO_REASON)
    open_ = [one for one in services if one.outcome == Service.Outcome.UNDER_WAY]
    if not open_:
        if any((one.returned_on if returned else one.received_on) == on for one in services):
            return SAME, say(_KNOWN), []
        line.complain("day", _ANOTHER_DAY)
        return WRONG, "", []
    told = [Told(one, returned, on, line["by"], line["reason"], line.number) for one in open_]
    return NEW, "；".join(_foreseen(line, one, actor) for one in told), told


def _day(line: Line) -> date | None:
    """The day of a line, however a mail service writes it, its time left out."""
    if not line["day"]:
        line.complain("day", _NO_DAY)
        return None
    found = _DAY.fullmatch(line["day"])
    on = day_of(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}") if found is not None else None
    if on is None:
        line.complain("day", COLUMNS[2].help or _NO_DAY)
    return on


def _foreseen(line: Line, told: Told, actor: Actor) -> str:
    """What recording it brings, in words; what stands in the way is a finding of its line."""
    recipient = told.service.recipient
    assert recipient.party is not None
    text = f"{recipient.paper.number} {recipient.party.enterprise.name} {told.on.isoformat()}"
    if told.came_back:
        return f"{text} {say(_CAME_BACK)}"
    if told.on < told.service.started_on or told.on > sessions.today():
        line.complain("day", Words("早于交寄日期，或者是将来", "before it was posted, or in the future"))
        return text
    seen = attempt(lambda: service.foresee_receipt(recipient, by=actor, on=told.on))
    if isinstance(seen, Refused):
        line.complain("day", Words(seen.text("zh-hans"), seen.text("en")))
        return text
    return " ".join([text, say(_RECEIVED), *_periods(seen)])


def _periods(seen: Foreseen | None) -> list[str]:
    return [f"{say(_UNTIL)} {period.due_on.isoformat()}" for period in seen.started] if seen is not None else []


def take(what: list[Told], found: Import, by: Doer) -> Taken:
    """Record the receipts and returns, in the order of their dossiers, so that nobody waits for another in a circle."""
    assert by.post is not None
    actor = of_post(by.post)
    for told in sorted(what, key=lambda one: (one.service.recipient.paper.dossier_id, one.service.pk)):
        if told.came_back:
            service.returned(told.service, by=actor, on=told.on, reason=told.reason)
        else:
            proof = _proof(told, found, by.post)
            service.acknowledge(told.service, by=actor, on=told.on, proof=proof, received_by=told.by)
    return Taken(len(what))


def _proof(told: Told, found: Import, post: Post) -> Proof:
    """What the line says, as a page for the file of the case; the whole sheet would tell of other firms."""
    recipient = told.service.recipient
    assert recipient.party is not None
    lines: Mapping[str, str] = {
        "邮件号码": told.service.tracking_no,
        "文书": f"{recipient.paper.title} {recipient.paper.number}",
        "收件人": recipient.party.enterprise.name,
        "交寄日期": told.service.started_on.isoformat(),
        "投递日期": told.on.isoformat(),
        "签收人": told.by or "—",
        "来源": f"邮政企业的投递清单“{found.name}”第{told.number}行（SHA-256 {found.sha256}）",
        "导入": f"{post.office} {post.user}　{sessions.today().isoformat()}",
    }
    content = register_page("邮件投递记录摘录", list(lines.items()), note="本页由邮政企业提供的投递清单中这一行生成。")
    return Proof(f"邮件投递记录{told.service.tracking_no}.pdf", content)


_EXAMPLES: Final = (
    {"number": "1123445670712", "state": "妥投", "day": "2026-03-05 10:22:31", "by": "（示例）张三"},
    {"number": "1123445670812", "state": "退回", "day": "2026-03-06", "reason": "（示例）原址查无此单位"},
)


@imports(KIND)
def mail_receipts() -> Kind:
    """What became of letters."""
    examples: Sequence[Mapping[str, Any]] = _EXAMPLES
    return Kind(
        name=KIND,
        words=Words("邮件投递结果", "what became of letters"),
        may=may_import,
        columns=COLUMNS,
        check=check,
        take=take,
        in_parts=True,
        short=SHORT,
        examples=examples,
    )
