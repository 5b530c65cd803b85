"""The rules in force and the holidays: what there is, and proposing what changes them for the whole site."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.administration.forms import DocumentForm, NoticeForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework.doing import attempt
from spotcheck.docket import calendars, clock, rule_sets
from spotcheck.docket.models import RuleSetRecord
from spotcheck.registers import proposals, site_rules
from spotcheck.registers.models import Proposal
from spotcheck.rules.refused import Refused
from spotcheck.rules.rule_sets import RULE_SETS


@require_GET
@for_those("registers")
def standing(request: Any) -> HttpResponse:
    """What governs today, on which document, and which years are announced."""
    site_rules.let_register(request.doer)
    today, calendar = clock.today(), calendars.current()
    context = {
        "governing": rule_sets.governing(today),
        "known": RULE_SETS.values(),
        "records": RuleSetRecord.objects.order_by("-pk"),
        "years": calendar.announced_years,
        "missing": calendar.missing_year(today),
        "waiting": proposals.waiting().filter(kind__in=site_rules.KINDS).count(),
    }
    return draw(request, "site_rules.html", context)


@require_http_methods(["GET", "POST"])
@for_those("registers")
def notice(request: Any) -> HttpResponse:
    """Propose a notice of the State Council."""
    site_rules.let_register(request.doer)
    form = NoticeForm(request.POST or None, files=request.FILES or None)
    refused: Proposal | Refused | None = None
    if form.is_valid():
        said = form.cleaned_data
        refused = attempt(lambda: site_rules.propose_notice(said["file"], by=request.doer, reason=said["reason"]))
    return _answer(request, form, refused, _("提请放假通知"))


@require_http_methods(["GET", "POST"])
@for_those("registers")
def document(request: Any) -> HttpResponse:
    """Propose a document that continues rules, or adopts a successor (Article 60)."""
    site_rules.let_register(request.doer)
    form = DocumentForm(request.POST or None)
    refused: Proposal | Refused | None = None
    if form.is_valid():
        said = form.cleaned_data
        refused = attempt(
            lambda: site_rules.propose_document(
                said["how"], said["rule_set"], form.document(), by=request.doer, reason=said["reason"]
            )
        )
    return _answer(request, form, refused, _("提请规则文件"))


def _answer(request: Any, form: Any, done: Proposal | Refused | None, title: str) -> HttpResponse:
    if isinstance(done, Proposal):
        said = _("已提请。%(day)s 前由另一人确认，否则失效。") % {"day": done.last_day.isoformat()}
        messages.success(request, said)
        return redirect("administration:proposals")
    refused = may_see(done) if done is not None else None
    back = reverse("administration:site_rules")
    return draw_form(request, form, title=title, button=_("提请"), back=back, refused=refused)
