"""Posts: granting and ending them, and what waits for a second person."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.administration.forms import EndForm, GrantForm, ReasonForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework import owning
from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.parties.models import Office, Post
from spotcheck.registers import people, posts, proposals, site_rules
from spotcheck.registers.models import Proposal
from spotcheck.registers.standing import offices_of, overseen
from spotcheck.rules.refused import Refused
from spotcheck.signin import recent


@require_http_methods(["GET", "POST"])
@for_those("manages")
def grant(request: Any) -> HttpResponse:
    """Grant a post, or propose it."""
    office = Office.objects.filter(code=request.GET.get("office", "")).first() or request.desk_post.office
    initial = {"username": request.GET.get("person", ""), "office": office, "since": clock.today()}
    form = GrantForm(request.POST or None, offices=overseen(request.doer).order_by("code"), initial=initial)
    refused = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(lambda: posts.grant(form.wanted(), by=request.doer, reason=reason))
        if isinstance(done, Proposal):
            messages.success(
                request, _("已提请。%(day)s 前由另一人确认，否则失效。") % {"day": done.last_day.isoformat()}
            )
            return redirect("administration:proposals")
        if isinstance(done, Post):
            messages.success(request, _("已授予岗位。"))
            return redirect("administration:person", username=done.user.username)
        refused = may_see(done)
    back = reverse("administration:people")
    return draw_form(request, form, title=_("授予岗位"), button=_("授予或者提请"), back=back, refused=refused)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def end(request: Any, key: int) -> HttpResponse:
    """End a post."""
    rows = Post.objects.filter(office__isnull=False, user__in=people.in_sight(request.doer))
    post = get_object_or_404(rows.select_related("office", "user"), pk=key)
    form = EndForm(request.POST or None)
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(lambda: posts.end_post(post, by=request.doer, reason=said["reason"], last_day=said["last_day"]))
        if not isinstance(done, Refused):
            messages.success(request, _("岗位至 %(day)s 止。") % {"day": done.until.isoformat() if done.until else ""})
            return redirect("administration:person", username=post.user.username)
        refused = may_see(done)
    return draw_form(
        request,
        form,
        title=_("终止岗位"),
        button=_("终止岗位"),
        back=reverse("administration:person", kwargs={"username": post.user.username}),
        refused=refused,
        about=post.user,
        about_post=post,
        open_cases=owning.owned_by(post).count(),
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def open_cases(request: Any, key: int) -> HttpResponse:
    """How many open cases a post owns, who hands them over, and putting all into the pool; none of them is shown."""
    rows = Post.objects.filter(office__in=offices_of(request.doer), user__in=people.in_sight(request.doer))
    post = get_object_or_404(rows.select_related("office", "user"), pk=key)
    form = ReasonForm(request.POST or None)
    refused = None
    if form.is_valid():
        done = attempt(lambda: owning.empty(post, by=request.doer, reason=form.cleaned_data["reason"]))
        if not isinstance(done, Refused):
            messages.success(request, _("在办案件已放回本单位待分。"))
            return redirect("administration:end_post", key=post.pk)
        refused = may_see(done)
    return draw_form(
        request,
        form,
        title=_("移交在办案件"),
        button=_("全部放回本单位待分"),
        back=reverse("administration:end_post", kwargs={"key": post.pk}),
        refused=refused,
        about=post.user,
        about_post=post,
        hands_over={
            "count": owning.owned_by(post).count(),
            "coordinators": owning.coordinators(post.office),
            "address": request.build_absolute_uri(reverse("desk:cases") + f"?of={post.pk}"),
        },
    )


@require_GET
@for_those("manages", "registers")
def waiting(request: Any) -> HttpResponse:
    """What waits for a second person: what this one may decide, and what he has proposed."""
    open_ones = [(one, site_rules.follows(one)) for one in proposals.open_for(request.doer)]
    context = {
        "mine": [pair for pair in open_ones if pair[0].proposed_by_id == request.user.pk],
        "others": [pair for pair in open_ones if pair[0].proposed_by_id != request.user.pk],
    }
    return draw(request, "proposals.html", context)


@require_POST
@for_those("manages", "registers")
def decide(request: Any, key: int) -> HttpResponse:
    """Confirm or decline."""
    proposal = get_object_or_404(proposals.seen_by(request.doer), pk=key)
    match request.POST.get("what"):
        case "confirm" if not recent.is_recent(request):
            return redirect_to_login(reverse("administration:proposals"), reverse("account_reauthenticate"))
        case "confirm":
            proposals.confirm(proposal, by=request.doer)
            messages.success(request, _("已确认并办理。"))
        case "decline":
            proposals.decline(proposal, by=request.doer, reason=request.POST.get("reason", ""))
            messages.success(request, _("已否决。"))
        case other:
            raise Http404(other)
    return redirect("administration:proposals")
