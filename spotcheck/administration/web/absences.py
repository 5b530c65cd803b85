"""Absences: one's own, those in which one stands in, and those of the offices that one manages."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.administration.forms import AbsenceForm, DeputyForm
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework.doing import attempt
from spotcheck.docket import clock
from spotcheck.parties.models import Absence, Deputyship, Post
from spotcheck.registers import absences
from spotcheck.registers.standing import offices_of
from spotcheck.rules.refused import Refused


@require_GET
@for_those()
def listing(request: Any) -> HttpResponse:
    """What concerns oneself, and what one manages."""
    day = clock.today()
    rows = Absence.objects.filter(last_day__gte=day).select_related("post__user", "post__office", "deputy__user")
    own = rows.filter(Q(post__user=request.user) | Q(deputy__user=request.user)).order_by("first_day", "pk")
    context = {
        "own": own,
        "others": absences.of_offices(offices_of(request.doer), day).exclude(pk__in=own.values("pk")),
        "deputyships": absences.deputyships(offices_of(request.doer), request.user),
        "day": day,
    }
    return draw(request, "absences.html", context)


@require_http_methods(["GET", "POST"])
@for_those()
def new(request: Any, key: int) -> HttpResponse:
    """Record an absence from a post: one's own, or one that one manages."""
    rows = Post.objects.valid_on(clock.today()).select_related("user", "office")
    post = get_object_or_404(rows.filter(Q(user=request.user) | Q(office__in=offices_of(request.doer))), pk=key)
    colleagues = absences.colleagues(post, clock.today())
    form = AbsenceForm(request.POST or None, colleagues=colleagues, initial={"first_day": clock.today()})
    refused = None
    if form.is_valid():
        done = attempt(lambda: absences.record(post, by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记外出，由 %(name)s 代理。") % {"name": done.deputy.user})
            return redirect("administration:absences")
        refused = may_see(done)
    back = reverse("administration:absences")
    return draw_form(
        request,
        form,
        title=_("登记外出"),
        button=_("登记"),
        back=back,
        refused=refused,
        about=post.user,
        about_post=post,
    )


@require_POST
@for_those()
def end(request: Any, key: int) -> HttpResponse:
    """End an absence from today on: yesterday was its last day."""
    seen = Q(post__user=request.user) | Q(deputy__user=request.user) | Q(post__office__in=offices_of(request.doer))
    absence = Absence.objects.filter(seen, pk=key).first()
    if absence is None:
        raise Http404
    absences.end_early(absence, last_day=date.fromordinal(clock.today().toordinal() - 1), by=request.doer)
    messages.success(request, _("外出已结束。"))
    return redirect("administration:absences")


@require_http_methods(["GET", "POST"])
@for_those("manages")
def new_deputy(request: Any, key: int) -> HttpResponse:
    """Name two colleagues as standing in for each other."""
    rows = Post.objects.valid_on(clock.today()).select_related("user", "office")
    post = get_object_or_404(rows.filter(office__in=offices_of(request.doer)), pk=key)
    form = DeputyForm(request.POST or None, colleagues=absences.colleagues(post, clock.today()))
    refused = None
    if form.is_valid():
        done = attempt(lambda: absences.name_deputy(post, form.cleaned_data["other"], by=request.doer))
        if not isinstance(done, Refused):
            messages.success(request, _("已确定AB角。"))
            return redirect("administration:absences")
        refused = may_see(done)
    return draw_form(
        request,
        form,
        title=_("确定AB角"),
        button=_("确定"),
        back=reverse("administration:absences"),
        refused=refused,
        about=post.user,
        about_post=post,
    )


@require_POST
@for_those("manages")
def end_deputy(request: Any, key: int) -> HttpResponse:
    """End a standing deputyship."""
    found = get_object_or_404(Deputyship, pk=key, post__office__in=offices_of(request.doer))
    absences.end_deputyship(found, by=request.doer)
    messages.success(request, _("AB角已取消。"))
    return redirect("administration:absences")
