"""/operating/: the page for those who keep the system running; for the province's staff."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spotcheck.administration.web.guarding import for_those
from spotcheck.docket import retention, vitals
from spotcheck.docket.invariants.checking import BEAT as INVARIANTS
from spotcheck.docket.invariants.checking import promise
from spotcheck.docket.models import Beat, Deadline
from spotcheck.docket.wording import language
from spotcheck.look.page import at_post, is_province, page
from spotcheck.registers.standing import entitles
from spotcheck.rules.entitlements import DUTIES
from spotcheck.wiring.operating import health
from spotcheck.wiring.operating.doctor import examining
from spotcheck.wiring.operating.doctor.findings import Looking

MOST_ROWS = 50
A_MINUTE = 60
A_DAY_AND_A_BIT = 26 * 60 * 60


class Sign(NamedTuple):
    """One line of the page: what it is, how it stands, whether it is well, and what to do when it is not."""

    label: str
    value: str
    is_well: bool
    cure: str


@require_safe
@at_post
def operating(request: HttpRequest) -> HttpResponse:
    """Show the vitals, the parked periods and the invariants that were broken at the last check."""
    operates = entitles(request.desk_post, "operates")  # type: ignore[attr-defined]
    if not operates and not is_province(request.actor):  # type: ignore[attr-defined]
        raise PermissionDenied
    found = list(signs())
    parked = Deadline.objects.running().filter(parked_at__isnull=False).select_related("dossier").order_by("parked_at")
    checked = Beat.objects.filter(name=INVARIANTS).first()
    context: dict[str, Any] = {
        "operates": operates,
        "signs": found,
        "all_well": all(sign.is_well for sign in found),
        "parked": parked[:MOST_ROWS],
        "broken": [(name, rows, promise(name)) for name, rows in (checked.detail["rows"] if checked else {}).items()],
    }
    return page(request, "wiring/operating.html", context)


@require_safe
@for_those("operates")
def doctor(request: HttpRequest) -> HttpResponse:
    """What ``spotcheck doctor`` says, to those who operate: the same lines, none of which tells a secret."""
    lines = examining.examine(Looking(request=request))
    told = [line.as_json(language()) for line in lines]
    held = {name for name in DUTIES if entitles(request.desk_post, name)}  # type: ignore[attr-defined]
    return page(request, "wiring/doctor.html", {"held": held, "lines": told, "worst": examining.worst(lines)})


def signs() -> Iterator[Sign]:
    """Every vital with its judgement."""
    found = vitals.read()
    age = found.sweep_age
    yield Sign(
        _("上次巡检"),
        _age(age),
        age is not None and age <= health.SILENT_AFTER_SECONDS,
        _("检查 beat 与 worker 是否在运行。"),
    )
    yield Sign(_("最早未处理的到期期限"), _age(found.oldest_due), found.oldest_due <= A_MINUTE, _("检查 worker 日志。"))
    yield Sign(
        _("搁置的期限"),
        str(found.parked),
        found.parked == 0,
        _("查明原因后运行 spotcheck retry-parked。"),
    )
    yield Sign(
        _("待送消息"),
        f"{found.outbox} · {_age(found.outbox_oldest)}",
        found.outbox_oldest <= health.SILENT_AFTER_SECONDS,
        _("检查 worker 是否在运行。"),
    )
    waiting = health.papers_to_draw()
    yield Sign(_("待生成文书"), str(waiting), waiting == 0 or found.outbox_oldest <= A_MINUTE, _("检查 worker 日志。"))
    checked = found.invariants_age
    yield Sign(
        _("不变量检查"),
        f"{_age(checked)} · {found.invariants_broken}",
        found.invariants_broken == 0 and (checked is None or checked <= A_DAY_AND_A_BIT),
        _("运行 spotcheck check-invariants 查看明细。"),
    )
    over = retention.waiting().count()
    yield Sign(_("保存期满可以销毁的材料"), str(over), is_well=True, cure="")
    yield Sign(_("消息队列"), "Redis", health.broker_answers(), _("启动 Redis；期限不会丢失，只会推迟。"))
    yield Sign(
        _("文书和凭证的存储"),
        "S3" if settings.BUCKET else _("文件夹"),
        health.files_can_be_kept(),
        _("检查 SPOTCHECK_FILES 所指的存储；文书随后自动生成。"),
    )


def _age(seconds: float | None) -> str:
    if seconds is None:
        return _("从未")
    if seconds < A_MINUTE * 2:
        return _("%(n)d 秒") % {"n": seconds}
    if seconds < A_MINUTE * 120:
        return _("%(n)d 分钟") % {"n": seconds // A_MINUTE}
    return _("%(n)d 小时") % {"n": seconds // (A_MINUTE * 60)}
