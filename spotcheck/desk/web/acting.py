"""Doing an act: its form, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from spotcheck.casework import fields, record, suggestions
from spotcheck.casework.doing import do, with_files_before
from spotcheck.casework.evidence import attached, wanted
from spotcheck.casework.possible_acts import unit_of
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import whole
from spotcheck.casework.worklist import worklist_of
from spotcheck.desk.addresses import step_address
from spotcheck.desk.tables import page_of
from spotcheck.desk.web import uploads
from spotcheck.desk.web.dossier import opened
from spotcheck.docket import clock
from spotcheck.docket.acts import earliest_day, has_permission
from spotcheck.docket.evidence import Attached, named
from spotcheck.docket.flow import MATTERS, ActSpec, Flow, Proposal
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.docket.problems import Reason
from spotcheck.docket.wording import headed
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import status_of, told
from spotcheck.notices.consequences import newest_paper
from spotcheck.notices.preview import issues
from spotcheck.rules.refused import Refused
from spotcheck.signin import proving, recent

NEW = 0
"""The key of a matter that the act begins."""
NEXT = "next"
"""What a form says that goes on to the next line of the start page when it is done."""


@require_http_methods(["GET", "POST"])
@at_post
def act(request: Any, number: str, chart: str, key: int, method: str) -> HttpResponse:
    """The form of an act, and the act."""
    dossier = opened(request, number)
    matter = matter_of(request, dossier, chart, key)
    spec = spec_of(matter, method)
    let_in(matter, spec, request)
    if spec.words.in_a_table:
        return redirect(page_of(spec), number=dossier.number)
    if spec.words.draws:
        return redirect("desk:draw", number=dossier.number)
    if request.method == "GET" and (served := _service_of(spec, matter)):
        return HttpResponseClientRedirect(served) if request.htmx else redirect(served)
    if request.method == "GET":
        today = clock.today()
        initial = suggestions.initial_of(spec, matter, request.actor)
        shown = fields.fields_of(spec, initial=initial, but=suggestions.unasked(spec, matter, today))
        _put_delay(shown, spec, matter, today)
        return _form(request, dossier, matter, spec, shown, on=today)
    return _submit(request, dossier, matter, spec)


def _service_of(spec: ActSpec, matter: Flow) -> str:
    """Where a receipt is recorded with its proof: the service of the paper; empty when the act records none."""
    form = spec.words.receipt_of
    paper = newest_paper(form, matter) if form is not None else None
    recipient = paper.recipients.filter(party__isnull=False).first() if paper is not None else None
    if paper is None or recipient is None:
        return ""
    keys = {"number": matter.dossier.number, "key": paper.pk, "recipient": recipient.pk}
    return reverse("desk:service", kwargs=keys)


def matter_of(request: Any, dossier: Dossier, chart: str, key: int) -> Flow:
    """The matter that the act is done in, or the one that it begins."""
    model = MATTERS.get(chart)
    if model is None:
        raise Http404
    sight = Sight(request.actor)
    if key == NEW:
        if not model.opened_by_hand:
            raise Http404
        party = _party(request, dossier) if model.opened_by_hand == "party" else None
        return model.new(dossier, party)
    rows = sight.of_parties(model.objects.filter(dossier=dossier))
    matter = get_object_or_404(rows.select_related("party__enterprise", "party__handler"), pk=key)
    matter.dossier = dossier
    return matter


def _party(request: Any, dossier: Dossier) -> Party:
    """The party for which a matter is begun."""
    key = whole(request.GET.get("party", ""))
    if key is None:
        raise Http404
    parties = dossier.parties.select_related("enterprise", "handler")
    if request.actor.enterprise is not None:
        parties = parties.filter(enterprise=request.actor.enterprise)
    return get_object_or_404(parties, pk=key)


def spec_of(matter: Flow, method: str) -> ActSpec:
    """The act of this name, if it is one that people do and fits the matter."""
    for spec in matter.all_specs():
        if spec.method == method and spec.is_act and spec.creates == (matter.pk is None):
            return spec
    raise Http404


def let_in(matter: Flow, spec: ActSpec, request: Any) -> None:
    """Refuse who has no part in this act; whether it is possible now is another question."""
    today = clock.today()
    matter.proposal = Proposal(spec=spec, by=request.actor, on=today, today=today, facts={})
    if not has_permission(matter, matter.proposal):
        raise PermissionDenied


def _submit(request: Any, dossier: Dossier, matter: Flow, spec: ActSpec) -> HttpResponse:
    """Do the act, or show the form again with everything that was typed and what stands in the way."""
    files = uploads.gathered(request, spec)
    come = attached(files.waiting)
    shown, on, facts = read(request, spec, matter, come)
    reason = _put_delay(shown, spec, matter, on or clock.today(), request.POST.get("late_reason", "").strip())
    if uploads.DROPPED in request.POST:
        return _form(request, dossier, matter, spec, shown, on=on, files=files)
    if _has_gone_with_its_files(request, matter, spec, on, facts, files):
        return _told(request, dossier, spec)
    if spec.words.needs_recent and (away := proving.left(request)) is not None:
        return away
    if on is None or has_errors(shown) or files.errors or not _is_proved(request, spec):
        return _form(request, dossier, matter, spec, shown, on=on, files=files, status=422)
    answer = do(
        request.actor,
        matter,
        spec.method,
        on=on,
        facts=facts,
        post=request.desk_post,
        seen=whole(request.POST.get("seen", "")),
        late_reason=reason,
        evidence=come,
        proved=True,  # or this form asks for it, above
    )
    if isinstance(answer, Refused):
        return _form(
            request, dossier, matter, spec, shown, on=on, files=files, refused=answer, status=status_of(answer)
        )
    files.taken_up()
    return _told(request, dossier, spec)


def _told(request: Any, dossier: Dossier, spec: ActSpec) -> HttpResponse:
    """Say that it is done, on the page of the dossier; or in the form of the next line of the start page."""
    goes_on = request.POST.get("then") == NEXT
    said = {"number": dossier.number, "done": headed(spec.words.done)}
    messages.success(request, _("%(number)s：%(done)s。") % said if goes_on else _("%(done)s。") % said)
    there = _next(request, spec) if goes_on else _back(dossier)
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


def _next(request: Any, spec: ActSpec) -> str:
    """Where the same act waits next, else whatever does; the start page when nothing is left that can be done."""
    steps = list(worklist_of(request.actor, today=clock.today()).steps())
    same = [step for step in steps if step.spec.name == spec.name]
    return step_address((same or steps)[0]) if steps else reverse("desk:today")


def _has_gone_with_its_files(
    request: Any, matter: Flow, spec: ActSpec, on: date | None, facts: dict[str, Any], files: uploads.Gathered
) -> bool:
    """Whether a second click sends a form whose files the first has taken along, so that none of them waits."""
    if not request.POST.getlist(uploads.KEYS) or files.waiting or files.unchecked:
        return False
    seen = whole(request.POST.get("seen", ""))
    return with_files_before(seen, request.actor, matter, spec, on, facts) is not None


def _is_proved(request: Any, spec: ActSpec) -> bool:
    """Whether whoever does what cannot be undone has proved himself lately, or does with this form."""
    return not spec.words.needs_recent or recent.is_proved(request)


def _put_delay(shown: list[fields.Field], spec: ActSpec, matter: Flow, on: date, typed: str | None = None) -> str:
    """Ask, before the remark, why the act comes late, where it does; return the reason that was given for it."""
    made = suggestions.reason_for_delay(spec, matter, on, typed)
    if made is None:
        return ""
    shown.insert(len(shown) - 1, made)
    return typed or ""


def read(
    request: Any, spec: ActSpec, matter: Flow, come: Sequence[Attached] = ()
) -> tuple[list[fields.Field], date | None, dict[str, Any]]:
    """The inputs of a form with what was sent and what is ill-formed in it, the legal date, and the facts stated.

    A claim for which one of the files stands that have ``come`` with it need not be written.
    """
    sent, (on, _wrong) = request.POST, legal_date(request)
    but = suggestions.unasked(spec, matter, on or clock.today())
    shown = fields.fields_of(spec, sent=sent, but=but)
    facts = fields.facts_from(spec, sent, but=but)
    facts |= suggestions.filled_in(spec, matter, facts)
    wrong = fields.unanswered(spec, sent, but=but) | fields.ill_formed(spec, sent, but=but)
    shown_by_files = set(named(spec, facts, come)) - set(facts)
    passed = {name: errors for name, errors in wrong.items() if name not in shown_by_files}
    fields.put_errors(shown, suggestions.wrong(spec, matter, facts) | passed)
    return shown, on, facts


def legal_date(request: Any) -> tuple[date | None, str]:
    """The legal date of what is done here, or None and what is wrong with it.

    What an enterprise hands in itself is received at that moment; what it handed in earlier on paper is recorded by
    the bureau that received it.
    """
    today = clock.today()
    return (today, "") if request.actor.enterprise is not None else fields.legal_date(request.POST, today)


def has_errors(shown: list[fields.Field]) -> bool:
    """Whether something is wrong with an input."""
    return any(made.errors for made in shown)


def _done_before(dossier: Dossier, matter: Flow, spec: ActSpec, reasons: tuple[Reason, ...]) -> Entry | None:
    """The entry of the same act, when the only thing in the way is that it has been done."""
    if [reason.guard for reason in reasons] != ["state"]:
        return None
    same = Entry.objects.filter(dossier=dossier, act=spec.name, label=matter.label)
    return same.order_by("-sequence").first()


def _form(
    request: Any,
    dossier: Dossier,
    matter: Flow,
    spec: ActSpec,
    shown: list[fields.Field],
    *,
    on: date | None,
    files: uploads.Gathered | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    suggestions.suggest(shown, spec, dossier, matter, request.actor)
    sight = Sight(request.actor)
    wrong_day = legal_date(request)[1] if request.method == "POST" else ""
    context = {
        "dossier": dossier,
        "matter": matter,
        "party": sight.party(matter.party),
        "unit": unit_of(matter),
        "party_key": matter.party_id if matter.pk is None else None,
        "key": matter.pk or NEW,
        "spec": spec,
        "fields": shown,
        "on": on.isoformat() if on else request.POST.get("on", ""),
        "wrong_day": wrong_day,
        "earliest": earliest_day(matter, spec),
        "over_since": suggestions.over_since(spec, dossier, matter),
        "is_own_day": request.actor.enterprise is not None,
        "done_before": _done_before(dossier, matter, spec, refused.reasons) if refused is not None else None,
        "seen": request.POST.get("seen") or dossier.entry_count,
        "item_kinds": fields.item_kinds(),
        "item_results": fields.item_results(),
        "back": _back(dossier),
        "from_today": "today" in (request.GET.get("from"), request.POST.get("from")),
        "issues": issues(spec),
        "before": record.stated_before(matter, spec, sight),
        "standing": record.standing_now(matter, spec),
        "notes": suggestions.notes(spec, matter, request.actor),
        "files": files or uploads.Gathered(),
        "proof": recent.asked(request) if spec.words.needs_recent else None,
        "wanted": wanted(spec),
        **told(refused, shown),
    }
    for made in shown:
        if made.kind == "results":
            made.rows = fields.blank_rows(made.rows)
    template = "desk/parts/act_form.html" if request.htmx else "desk/act.html"
    return page(request, template, context, status=status)


def _back(dossier: Dossier) -> str:
    return reverse("desk:dossier", kwargs={"number": dossier.number})
