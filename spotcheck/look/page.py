"""What every page has: somebody in a post, the unread messages, the day; and where to go when nobody is signed in."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from spotcheck.casework import inbox
from spotcheck.casework.posts import POST_KEY, posts_of
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import as_meant
from spotcheck.docket import clock
from spotcheck.look import drafting
from spotcheck.look.form_names import DRAWN_FOR, GO_BACK, NOT_SENT_ON
from spotcheck.look.refusing import status_of, told
from spotcheck.parties.actors import Actor, of_post
from spotcheck.parties.models import Office, Post
from spotcheck.rules.refused import Refused

_NOT_FOR_YOU = 403

View = Callable[..., HttpResponse]


def at_post(view: View) -> View:
    """Let only somebody in a post through; a person with several posts chooses one first.

    What is refused and not told by the page itself is told here, whatever it was.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_entrance(request)
        posts = posts_of(request.user)
        chosen = [post for post in posts if post.pk == request.session.get(POST_KEY)]
        if not chosen and len(posts) == 1:
            chosen = posts
            request.session[POST_KEY] = posts[0].pk
        if not chosen:
            return redirect("post")
        request.desk_post = chosen[0]
        request.has_several_posts = len(posts) > 1
        request.actor = of_post(chosen[0])
        request.POST = as_meant(request.POST)
        if request.method == "POST" and (drawn_for := _other_post(request, posts)) is not None:
            return _ask_which(request, drawn_for)
        response = _answered(request, partial(view, request, *args, **kwargs))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def _answered(request: Any, view: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of a page; what was typed into a form that does not get through is kept, also when we break."""
    try:
        response = view()
    except Refused as refused:
        response = _refused(request, refused)
    except Exception:
        drafting.keep(request)
        raise
    drafting.after(request, response)
    return response


def _refused(request: Any, refused: Refused) -> HttpResponse:
    """Say why not; what is not for this post at all is said as everywhere (403)."""
    if refused.status == _NOT_FOR_YOU:
        raise PermissionDenied from refused
    return page(request, "look/refused.html", told(refused), status=status_of(refused))


def _other_post(request: Any, posts: list[Post]) -> Post | str | None:
    """The post for which the form was drawn, if it is not the present one; its name is unknown when it has ended.

    A form whose post is the present one, or that somebody sends on after going back to it, passes.
    """
    stated = request.POST.get(DRAWN_FOR, "")
    if stated == str(request.desk_post.pk) or (not stated and len(posts) == 1):
        return None
    meant = next((post for post in posts if str(post.pk) == stated), None)
    if meant is not None and request.POST.get(GO_BACK) == stated:
        request.session[POST_KEY] = meant.pk
        request.desk_post, request.actor = meant, of_post(meant)
        return None
    return meant or ""


def _ask_which(request: Any, drawn_for: Post | str) -> HttpResponse:
    """Nothing is recorded for another post than the form's: both are named, and what was typed is kept (409)."""
    drafting.keep(request)
    sent = [(name, value) for name, values in request.POST.lists() if name not in NOT_SENT_ON for value in values]
    context = {
        "drawn_for": drawn_for,
        "sent": sent,
        "written": [value for _name, value in sent if len(value.strip()) >= WORTH_SHOWING],
        "has_files": bool(request.FILES),
        "drawn_for_name": DRAWN_FOR,
        "go_back_name": GO_BACK,
    }
    template = "look/parts/other_post.html" if request.htmx else "look/other_post.html"
    return page(request, template, context, status=409)


WORTH_SHOWING: Final = 12
"""So long a text was typed and not chosen: it is shown, so that it can be copied whatever happens."""


def _to_entrance(request: HttpRequest) -> HttpResponse:
    """To the entrance and back again afterwards; htmx has to be told in its own way."""
    entrance = reverse("account_login")
    htmx = getattr(request, "htmx", None)
    if htmx:  # back to the page on which it was asked for; what htmx fetched is only a part of it, unless it is a form
        is_form = request.method == "POST" and DRAWN_FOR in request.POST
        here = request.get_full_path() if is_form else htmx.current_url_abs_path
        there = redirect_to_login(here or reverse("desk:today"), entrance)
        return HttpResponseClientRedirect(there.url)
    return redirect_to_login(request.get_full_path(), entrance)


def page(request: Any, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Draw a page of somebody in a post."""
    actor: Actor = request.actor
    everywhere = {
        "actor": actor,
        "post": request.desk_post,
        "sight": Sight(actor),
        "unread": inbox.unread(actor),
        "today": clock.today(),
        "is_province": is_province(actor),
        "sees_laboratories": sees_laboratories(actor),
    }
    return render(request, template, everywhere | (context or {}), status=status)


def is_province(actor: Actor) -> bool:
    """Whether somebody acts for the provincial bureau."""
    office = actor.office
    return office is not None and office.kind == Office.Kind.PROVINCE and actor.role in {None, Post.Role.OFFICER}


def sees_laboratories(actor: Actor) -> bool:
    """Whether somebody sees what goes to laboratories and comes from them: the province, and they themselves."""
    office = actor.office
    is_laboratory = office is not None and office.kind == Office.Kind.LABORATORY and not actor.administers
    return is_laboratory or is_province(actor)
