"""Rights on a day, as a page and as a sheet; and looking through them."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.forms import RightsFilter
from spotcheck.administration.templatetags.administration import entitled
from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.casework.reading import whole
from spotcheck.docket import clock, exports
from spotcheck.files.checks.content import PDF, XLSX
from spotcheck.files.sheets import Sheet, written
from spotcheck.notices import lists
from spotcheck.parties.models import Office, Post
from spotcheck.registers import rights
from spotcheck.registers.refusals import NotDone
from spotcheck.registers.standing import entitles, offices_of
from spotcheck.signin import proving

MOST = 500
"""So many lines stand on a page; the sheet has all."""
MOST_ON_PAPER = 1000
"""So many lines are printed at once; more are printed office by office."""
LONGEST_PURPOSE: Final = 200
TO_WRITE_ON: Final = " "
"""A cell in which somebody writes by hand: an empty one would be crossed out."""


def _asked(request: Any) -> tuple[RightsFilter, date, "QuerySet[Office]"]:
    """The form, the day and the offices that are asked for, within what this post may see."""
    seen = offices_of(request.doer, "manages" if entitles(request.desk_post, "manages") else "audits")
    form = RightsFilter(request.GET, offices=seen.order_by("code"))
    form.is_valid()
    office = form.cleaned_data.get("office")
    offices = seen.filter(pk=office.pk) if office is not None else seen
    return form, form.cleaned_data.get("day") or clock.today(), offices


@require_GET
@for_those("manages", "audits")
def on_a_day(request: Any) -> HttpResponse:
    """Who might do what on a day."""
    form, day, offices = _asked(request)
    lines = rights.on(day, offices)
    context = {"form": form, "day": day, "lines": lines[:MOST], "count": len(lines), "has_more": len(lines) > MOST}
    context |= {"needs_purpose": exports.needs_purpose(len(lines)), "longest": LONGEST_PURPOSE}
    return draw(request, "rights.html", context)


@require_GET
@for_those("manages", "audits")
def sheet(request: Any) -> HttpResponse:
    """The same as a sheet; the book keeps what was taken along."""
    if (away := proving.first(request, _back(request))) is not None:
        return away
    _form, day, offices = _asked(request)
    lines = rights.on(day, offices)
    return _taken_along(request, day, lines, written(_sheet(day, lines)), kind=XLSX, suffix="xlsx")


@require_GET
@for_those("manages", "audits")
def paper(request: Any) -> HttpResponse:
    """The same on paper, to be looked through line by line and signed; kept in the book as the sheet is."""
    if (away := proving.first(request, _back(request))) is not None:
        return away
    form, day, offices = _asked(request)
    lines = rights.on(day, offices)
    if len(lines) > MOST_ON_PAPER:
        raise NotDone("too_many_lines")
    office = form.cleaned_data.get("office") or request.desk_post.office
    content = lists.pdf("rights_on_day", _on_paper(day, office, lines))
    return _taken_along(request, day, lines, content, kind=PDF, suffix="pdf")


def _back(request: Any) -> str:
    """The page on which the same is shown."""
    return f"{reverse('administration:rights')}?{request.GET.urlencode()}"


def _taken_along(
    request: Any, day: date, lines: list[rights.Line], content: bytes, *, kind: str, suffix: str
) -> HttpResponse:
    """The file, after the book has kept its filter, its number of lines and its hash."""
    exports.write(
        "export.rights",
        by=request.desk_post,
        user=request.user,
        subject=("rights", day.isoformat()),
        asked={"day": day, "office": request.GET.get("office", "")},
        rows=len(lines),
        digest=exports.digest_of(content),
        of_persons=True,
        purpose=request.GET.get("purpose", "")[:LONGEST_PURPOSE],
        address=request.doer.address,
    )
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="rights-{day.isoformat()}.{suffix}"'
    return response


def _on_paper(day: date, office: Office, lines: list[rights.Line]) -> dict[str, Any]:
    """What the paper says, in Chinese like all papers."""
    with override("zh-hans"):
        rows = [
            {
                "office": line.post.office.name if line.post.office else "",
                "name": str(line.post.user) + ("（已锁定）" if not line.post.user.is_active else ""),
                "number": line.number,
                "role": str(line.post.get_role_display()),
                "entitlements": entitled(line.post.entitlements),
                "since": line.post.since.isoformat(),
                "until": line.post.until.isoformat() if line.post.until else "",
                "granted": "、".join(str(each) for each in (line.post.granted_by, line.post.confirmed_by) if each),
                "seen": TO_WRITE_ON,
            }
            for line in lines
        ]
    said = {
        "scope": office.name,
        "day": day.isoformat(),
        "count": str(len(lines)),
        "printed": clock.today().isoformat(),
    }
    return {"paper": {"number": f"{office.code}-{day:%Y%m%d}"}, "rights_on_day": said | {"rows": rows}}


def _sheet(day: date, lines: list[rights.Line]) -> Sheet:
    heads = (
        _("机构代码"),
        _("机构"),
        _("姓名"),
        _("登录名"),
        _("工号"),
        _("岗位"),
        _("权限"),
        _("开始日期"),
        _("截止日期"),
        _("授予人"),
        _("确认人"),
    )
    rows = [
        (
            line.post.office.code if line.post.office else "",
            line.post.office.name if line.post.office else "",
            line.post.user.full_name,
            line.post.user.username,
            line.number,
            str(line.post.get_role_display()),
            entitled(line.post.entitlements),
            line.post.since.isoformat(),
            line.post.until.isoformat() if line.post.until else "",
            str(line.post.granted_by or ""),
            str(line.post.confirmed_by or ""),
        )
        for line in lines
    ]
    return Sheet(_("权限 %(day)s") % {"day": day.isoformat()}, heads, rows)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def review(request: Any) -> HttpResponse:
    """Look through the rights of one's offices: kept here, or ended on the person's page."""
    offices = offices_of(request.doer)
    if request.method == "POST":
        keys = [key for key in map(whole, request.POST.getlist("kept")) if key is not None]
        kept = rights.keep(
            Post.objects.filter(pk__in=keys, office__in=offices).select_related("user", "office"), by=request.doer
        )
        messages.success(request, _("已核对 %(count)d 个岗位。") % {"count": len(kept)})
        return redirect("administration:review")
    day = clock.today()
    lines = rights.to_review(offices, day)
    unused = rights.unused(day).filter(posts__office__in=offices).distinct()
    context = {"lines": lines[:MOST], "count": len(lines), "unused": unused, "days": rights.UNUSED_DAYS}
    return draw(request, "review.html", context)
