"""People: the list, a person's page, adding, particulars, locks, one-time links."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spotcheck.administration.forms import (
    LeaveForm,
    NumberForm,
    ParticularsForm,
    PeopleFilter,
    PersonForm,
    ReasonForm,
    SubjectForm,
)
from spotcheck.administration.web.guarding import draw, draw_form, for_those, may_see
from spotcheck.casework import owning
from spotcheck.casework.doing import attempt
from spotcheck.casework.paging import PAGE
from spotcheck.casework.reading import whole
from spotcheck.docket import book, clock
from spotcheck.parties.models import Absence, Post, StaffNumber, User
from spotcheck.registers import leaving, links, people
from spotcheck.registers.models import Proposal
from spotcheck.registers.standing import manages_person, offices_of, overseen
from spotcheck.rules.refused import Refused
from spotcheck.signin import factors, resetting

_CHANGED: Final = ("full_name", "mobile", "email", "sso_only")


def in_sight(request: Any, username: str) -> User:
    """A person whom this administrator sees; nobody else exists for him."""
    return get_object_or_404(people.in_sight(request.doer), username=username)


@require_GET
@for_those("manages")
def listing(request: Any) -> HttpResponse:
    """The people of one's offices, by key; a page at a time."""
    offices = offices_of(request.doer).order_by("code")
    form = PeopleFilter(request.GET, offices=offices)
    form.is_valid()
    found = people.in_sight(request.doer)
    if words := form.cleaned_data.get("q"):
        found = people.called(found, words, StaffNumber.objects.filter(office__in=offices))
    if office := form.cleaned_data.get("office"):
        found = found.filter(Q(posts__office=office) | Q(staff_numbers__office=office)).distinct()
    after = whole(request.GET.get("after", ""))
    found = found.filter(pk__gt=after) if after is not None else found
    day = clock.today()
    held = Prefetch("posts", Post.objects.valid_on(day).select_related("office").order_by("pk"), to_attr="held")
    rows = list(found.order_by("pk").prefetch_related(held, "staff_numbers")[: PAGE + 1])
    context = {"form": form, "rows": rows[:PAGE], "more": rows[PAGE - 1].pk if len(rows) > PAGE else None}
    return draw(request, "people.html", context)


@require_GET
@for_those("manages")
def person(request: Any, username: str) -> HttpResponse:
    """A person's page, which is a reading that the book keeps."""
    user = in_sight(request, username)
    book.write("read.person", by=request.desk_post, user=request.user, subject=user, address=request.doer.address)
    day = clock.today()
    posts = user.posts.filter(office__isnull=False).select_related("office", "granted_by", "confirmed_by")
    context = {
        "person": user,
        "posts": posts.order_by("-since", "-pk"),
        "numbers": user.staff_numbers.select_related("office").order_by("pk"),
        "absences": Absence.objects.filter(post__user=user, last_day__gte=day).select_related("deputy__user"),
        "waiting": Proposal.objects.filter(subject=user, outcome="", last_day__gte=day),
        "has_factor": factors.has_one(user),
        "has_single": settings.SSO is not None,
        "is_linked": resetting.is_linked(user),
        "may": manages_person(request.doer, user) and user != request.user,
    }
    return draw(request, "person.html", context)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def new(request: Any) -> HttpResponse:
    """Add a person."""
    offices = overseen(request.doer).order_by("code")
    form = PersonForm(request.POST or None, offices=offices, initial={"office": request.desk_post.office_id})
    refused = None
    if form.is_valid():
        done = attempt(lambda: people.add(by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(
                request, _("已登记 %(name)s。请授予岗位，并签发设置密码的链接。") % {"name": done.full_name}
            )
            return redirect("administration:person", username=done.username)
        refused = may_see(done)
    return draw_form(
        request,
        form,
        title=_("登记人员"),
        button=_("登记"),
        back=reverse("administration:people"),
        refused=refused,
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def particulars(request: Any, username: str) -> HttpResponse:
    """Change particulars."""
    user = in_sight(request, username)
    form = ParticularsForm(request.POST or None, initial={name: getattr(user, name) for name in _CHANGED})
    refused = None
    if form.is_valid():
        done = attempt(lambda: people.change(user, by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已更改。"))
            return _to(user)
        refused = may_see(done)
    return draw_form(
        request, form, title=_("更改人员信息"), button=_("保存"), back=_address(user), refused=refused, about=user
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def lock(request: Any, username: str) -> HttpResponse:
    """Lock an account at once."""
    return _for_a_reason(
        request, username, people.lock, title=_("锁定账号"), done=_("账号已锁定，会话随下一次请求结束。")
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def unlock(request: Any, username: str) -> HttpResponse:
    """Lift a lock, or propose it."""
    return _for_a_reason(request, username, people.unlock, title=_("解除锁定"), done=_("已解除锁定。"))


def _for_a_reason(
    request: Any, username: str, doing: Callable[..., User | Proposal], *, title: str, done: str, follows: str = ""
) -> HttpResponse:
    user = in_sight(request, username)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = follows
    refused = None
    if form.is_valid():
        answer = attempt(lambda: doing(user, by=request.doer, reason=form.cleaned_data["reason"]))
        if not isinstance(answer, Refused):
            messages.success(request, _("已提请，待另一人确认。") if isinstance(answer, Proposal) else done)
            return _to(user)
        refused = may_see(answer)
    return draw_form(request, form, title=title, button=title, back=_address(user), refused=refused, about=user)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def reset_factor(request: Any, username: str) -> HttpResponse:
    """Propose that a second factor is taken away."""
    told = _("先核实是本人。另一位管理员确认后，验证器、通行密钥和恢复码失效，全部会话结束；本人下次登录时重新设置。")
    return _for_a_reason(
        request, username, resetting.reset_factor, title=_("提请重置第二重验证"), done="", follows=told
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def unlink_single(request: Any, username: str) -> HttpResponse:
    """Propose that the link to the single sign-on ends."""
    return _for_a_reason(request, username, resetting.unlink_single, title=_("提请解除统一身份认证的关联"), done="")


@require_http_methods(["GET", "POST"])
@for_those("manages")
def link_single(request: Any, username: str) -> HttpResponse:
    """Propose that somebody whom the provider names is this person."""
    user = in_sight(request, username)
    form = SubjectForm(request.POST or None)
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        answer = attempt(lambda: resetting.link_single(user, said["subject"], by=request.doer, reason=said["reason"]))
        if not isinstance(answer, Refused):
            messages.success(request, _("已提请，待另一人确认。"))
            return _to(user)
        refused = may_see(answer)
    title = _("提请关联统一身份认证")
    return draw_form(request, form, title=title, button=title, back=_address(user), refused=refused, about=user)


@require_http_methods(["GET", "POST"])
@for_those("manages")
def number(request: Any, username: str) -> HttpResponse:
    """Give a person a staff number in an office, where there is none yet."""
    user = in_sight(request, username)
    offices = overseen(request.doer).exclude(staff_numbers__user=user).order_by("code")
    form = NumberForm(request.POST or None, offices=offices)
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(lambda: people.give_number(user, said["office"], said["number"], by=request.doer))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记工号 %(number)s。") % {"number": done.number})
            return _to(user)
        refused = may_see(done)
    return draw_form(
        request, form, title=_("登记工号"), button=_("登记"), back=_address(user), refused=refused, about=user
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def leave(request: Any, username: str) -> HttpResponse:
    """Record that somebody leaves for good."""
    user = in_sight(request, username)
    form = LeaveForm(request.POST or None, initial={"last_day": clock.today()})
    refused = None
    if form.is_valid():
        done = attempt(lambda: leaving.leave(user, by=request.doer, **form.cleaned_data))
        if not isinstance(done, Refused):
            messages.success(request, _("已登记离职，岗位至 %(day)s 止。") % {"day": form.cleaned_data["last_day"]})
            return _to(user)
        refused = may_see(done)
    owning_posts = [post for post in user.posts.filter(office__isnull=False) if owning.owned_by(post).exists()]
    return draw_form(
        request,
        form,
        title=_("登记离职"),
        button=_("登记离职"),
        back=_address(user),
        refused=refused,
        about=user,
        owning_posts=owning_posts,
    )


@require_http_methods(["GET", "POST"])
@for_those("manages")
def back(request: Any, username: str) -> HttpResponse:
    """Record that somebody is back."""
    done = _("已登记复职。岗位另行授予，锁定另行解除。")
    return _for_a_reason(request, username, leaving.come_back, title=_("登记复职"), done=done)


@require_POST
@for_those("manages")
def link(request: Any, username: str) -> HttpResponse:
    """Issue a link and show it, this once."""
    user = in_sight(request, username)
    secret = links.issue(user, by=request.doer)
    return draw(request, "link.html", {"person": user, "address": links.address_of(secret)})


def _address(user: User) -> str:
    return reverse("administration:person", kwargs={"username": user.username})


def _to(user: User) -> HttpResponse:
    return redirect(_address(user))
